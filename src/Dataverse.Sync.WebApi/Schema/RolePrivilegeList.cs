namespace Dataverse.Sync.WebApi;

/// <summary>The response to <c>RetrieveUserPrivileges</c>.</summary>
internal sealed record RolePrivilegeList(IReadOnlyList<RolePrivilegeList.HeldPrivilege?>? RolePrivileges)
{
    /// <summary>A privilege and how far it reaches: Basic, Local, Deep, or Global.</summary>
    internal sealed record HeldPrivilege(Guid? PrivilegeId, string? Depth);
}
