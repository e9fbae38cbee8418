using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>Asks for the caller's rights on secured columns.</summary>
internal sealed class ColumnRightsRequest(ServiceConnection service, ILogger logger)
{
    private const string Function = "Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivileges()";

    /// <summary>The rights on the columns of all tables; null where the service does not tell.</summary>
    /// <param name="user">The caller; null where the service does not tell.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="ConnectorException">The service cannot be reached.</exception>
    public async Task<ColumnRights?> SendAsync(Guid? user, CancellationToken cancellationToken)
    {
        const string Operation = "read the rights on secured columns";
        if (user is null)
        {
            SchemaLog.RightsUnknown(logger, service.Name, null);
            return null;
        }

        var call = HttpCall.Get(service.Addresses.Record("systemusers", user.Value, $"/{Function}"), Operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Answer is { } answer)
        {
            return service.Guarded(Operation, () => Parse(answer.Body));
        }

        if (outcome.Failure!.Failure is not (ConnectorFailure.Authorization or ConnectorFailure.Refused or ConnectorFailure.NotFound))
        {
            throw outcome.Failure;
        }

        SchemaLog.RightsUnknown(logger, service.Name, outcome.Failure.ErrorCode);
        return null;
    }

    private static ColumnRights Parse(ReadOnlyMemory<byte> body) => new(
        JsonSerializer.Deserialize(body.Span, MetadataJson.Default.AttributePrivilegeList)?.AttributePrivileges
            ?? throw new FormatException("The list of rights is missing."));
}
