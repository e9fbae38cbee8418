namespace Dataverse.Sync.Shared;

/// <summary>The privileges that exist for a table.</summary>
internal sealed record TablePrivileges(string? LogicalName, IReadOnlyList<TablePrivileges.KnownPrivilege?>? Privileges)
{
    /// <summary>A privilege: its name, such as <c>prvReadAccount</c>, and its type, such as <c>Read</c>.</summary>
    internal sealed record KnownPrivilege(Guid? PrivilegeId, string? Name, string? PrivilegeType);
}
