using System.Text.Json;
using Dataverse.Sync.Http;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the caller's rights on secured columns, which one request tells for all tables.</summary>
/// <remarks>A table that is read a second time reads the rights again: they may have changed with it.</remarks>
internal sealed class ColumnRightsReader(ServiceConnection service, ILogger logger)
{
    private const string Function = "Microsoft.Dynamics.CRM.RetrievePrincipalAttributePrivileges()";

    private readonly HashSet<string> served = new(StringComparer.Ordinal);
    private ColumnRights? rights;

    /// <summary>The rights for a table; null where the service does not tell.</summary>
    /// <param name="table">The table.</param>
    /// <param name="user">The caller; null where the service does not tell.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="ConnectorException">The service cannot be reached.</exception>
    public async Task<ColumnRights?> ReadAsync(string table, Guid? user, CancellationToken cancellationToken)
    {
        if (served.Count > 0 && served.Add(table))
        {
            return rights;
        }

        rights = await RequestAsync(user, cancellationToken).ConfigureAwait(false);
        served.Clear();
        _ = served.Add(table);
        return rights;
    }

    private async Task<ColumnRights?> RequestAsync(Guid? user, CancellationToken cancellationToken)
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
