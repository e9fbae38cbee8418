using Dataverse.Sync.Testing;
using Dataverse.Sync.Testing.Emulation;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService.Emulator;

/// <summary>The messages about the caller: who it is, and what it may do.</summary>
internal sealed class CallerMessages(DataverseBackend backend)
{
    private const int Allowed = 4;

    public OrganizationResponse WhoAmI(OrganizationRequest request, MessageContext context)
    {
        request.Allow();
        var state = backend.Store.State;
        var user = context.Session.Caller.User;
        var unit = (state.Find("systemuser", user)?["businessunitid"] as DataverseReference)?.Id ?? Guid.Empty;
        return new OrganizationResponse
        {
            Results =
            {
                ["UserId"] = user,
                ["BusinessUnitId"] = unit,
                ["OrganizationId"] = state["organization"].Rows.Keys.FirstOrDefault(),
            },
        };
    }

    public static OrganizationResponse Version(OrganizationRequest request, MessageContext context)
    {
        request.Allow();
        return new OrganizationResponse { Results = { ["Version"] = "9.2.25083.174" } };
    }

    public OrganizationResponse Privileges(OrganizationRequest request, MessageContext context)
    {
        request.Allow("UserId");
        var held = PrincipalRights.PrivilegesOf(context.Session, request.ValueOf<Guid>("UserId"), backend.Rules)
            .Select(privilege => new RolePrivilege(privilege.Id, privilege.Name, privilege.IsLocal ? PrivilegeDepth.Local : PrivilegeDepth.Global));
        return new OrganizationResponse { Results = { ["RolePrivileges"] = held.ToArray() } };
    }

    // Only columns on which the principal has a right are listed.
    public static OrganizationResponse ColumnRights(OrganizationRequest request, MessageContext context)
    {
        request.Allow("Principal");
        var principal = request.Require<EntityReference>("Principal");
        PrincipalRights.Require(context.Session, context.Table(principal.LogicalName), principal.Id);
        var rights = context.Session.Security.RightsOf(principal.Id).Select(entry => new AttributePrivilege(
            AttributeMetadataBuilder.IdOf(entry.Table, entry.Column),
            entry.Right.CanCreate ? Allowed : 0,
            entry.Right.CanRead ? Allowed : 0,
            entry.Right.CanUpdate ? Allowed : 0));
        return new OrganizationResponse { Results = { ["AttributePrivileges"] = rights.ToList() } };
    }
}
