namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>A privilege of a user, with the members of the SDK's type.</summary>
/// <param name="PrivilegeId">The id of the privilege.</param>
/// <param name="PrivilegeName">The name of the privilege.</param>
/// <param name="Depth">How far it reaches.</param>
public sealed record RolePrivilege(Guid PrivilegeId, string PrivilegeName, PrivilegeDepth Depth)
{
    /// <summary>The business unit to which it is limited; empty for none.</summary>
    public Guid BusinessUnitId { get; init; }
}
