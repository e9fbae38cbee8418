using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the privileges of the caller and those that exist.</summary>
internal sealed class PrivilegeReader(ServiceConnection service, BatchSender batches)
{
    private const string Operation = "read the caller's privileges";
    private const string Function = "Microsoft.Dynamics.CRM.RetrieveUserPrivileges()";

    /// <summary>The ids of the privileges that the roles of a user hold, with their depth.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> ReadHeldAsync(Guid user, CancellationToken cancellationToken)
    {
        var call = HttpCall.Get(service.Addresses.Record("systemusers", user, $"/{Function}"), Operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        var answer = outcome.Answer ?? throw outcome.Failure!;
        var list = service.Guarded(
            Operation, () => JsonSerializer.Deserialize(answer.Body.Span, MetadataJson.Default.RolePrivilegeList));
        var held = new Dictionary<Guid, string>();
        foreach (var item in list?.RolePrivileges ?? [])
        {
            if (item is { PrivilegeId: { } id, Depth: { } depth })
            {
                PrivilegeCheck.Add(held, id, depth);
            }
        }

        return held;
    }

    /// <summary>The privileges that exist for tables.</summary>
    public async Task<IReadOnlyDictionary<string, TablePrivileges>> ReadExistingAsync(
        IReadOnlyList<DiagnosedTable> tables, CancellationToken cancellationToken)
    {
        var requests = tables.Select(table => new BatchRequest
        {
            Method = HttpMethod.Get,
            Address = service.Addresses.Absolute(
                MetadataQueries.EntityAddress(table.Name) + "?$select=LogicalName,Privileges"),
        }).ToList();
        var existing = new Dictionary<string, TablePrivileges>(StringComparer.Ordinal);
        if (requests.Count == 0)
        {
            return existing;
        }

        using var outcome = await batches.ReadAsync(requests, Operation, cancellationToken).ConfigureAwait(false);
        foreach (var (table, response) in tables.Zip(outcome.Responses!).Where(item => item.Second.IsSuccess))
        {
            var read = service.Guarded(
                Operation, () => JsonSerializer.Deserialize(response.Body.Span, MetadataJson.Default.TablePrivileges));
            if (read is not null)
            {
                existing[table.Name] = read;
            }
        }

        return existing;
    }
}
