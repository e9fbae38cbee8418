using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Xrm.Sdk;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Asks for the caller's rights on secured columns.</summary>
internal sealed class ColumnRightsRequest(ServiceConnection service, ILogger logger)
{
    private const string Operation = "read the rights on secured columns";

    /// <summary>The rights on the columns of all tables; null where the service does not tell.</summary>
    /// <param name="user">The caller; null where the service does not tell.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="ConnectorException">The service cannot be reached.</exception>
    public async Task<ColumnRights?> SendAsync(Guid? user, CancellationToken cancellationToken)
    {
        if (user is not { } id)
        {
            SchemaLog.RightsUnknown(logger, service.Name, null);
            return null;
        }

        var call = ServiceConnection.CallOf(MetadataRequests.ColumnRightsOf(id), Operation);
        var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Answer is { } answer)
        {
            return Read(answer);
        }

        if (outcome.Failure!.Failure is not (ConnectorFailure.Authorization or ConnectorFailure.Refused or ConnectorFailure.NotFound))
        {
            throw outcome.Failure;
        }

        SchemaLog.RightsUnknown(logger, service.Name, outcome.Failure.ErrorCode);
        return null;
    }

    private ColumnRights Read(OrganizationResponse response)
    {
        var list = response.Results is { } results && results.TryGetValue("AttributePrivileges", out var value) ? value : null;
        var items = Members.Items(list) ?? throw service.Malformed(Operation, "The list of rights is missing.");
        return new ColumnRights(items.Select(item => new AttributePrivilegeList.Item(
            Members.Id(item, "AttributeId"),
            Members.Number(item, "CanRead"),
            Members.Number(item, "CanCreate"),
            Members.Number(item, "CanUpdate"))));
    }
}
