using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Compares the privileges of the caller's roles with what mappings do with tables.</summary>
internal sealed class PrivilegeCheck(ServiceConnection service, BatchSender batches)
{
    private const string Operation = "read the caller's privileges";
    private const string Function = "Microsoft.Dynamics.CRM.RetrieveUserPrivileges()";
    private const string Global = "Global";

    public async Task<IReadOnlyList<DiagnosisFinding>> FindAsync(
        Guid user, IReadOnlyList<DiagnosedTable> tables, CancellationToken cancellationToken)
    {
        try
        {
            var held = await ReadHeldAsync(user, cancellationToken).ConfigureAwait(false);
            var existing = await ReadExistingAsync(tables, cancellationToken).ConfigureAwait(false);
            return [.. tables.SelectMany(table => FindOf(table, existing.GetValueOrDefault(table.Name), held))];
        }
        catch (ConnectorException failure) when (!failure.IsTransient)
        {
            return
            [
                new()
                {
                    Severity = FindingSeverity.Information,
                    Area = DiagnosisArea.Rights,
                    Code = DiagnosisCodes.RightsNotTold,
                    Message = $"{service.Name} does not tell what the caller may write. The first write will. {failure.Message}",
                },
            ];
        }
    }

    // A role of a team need not be listed, so a privilege that is not may exist all the same.
    private IEnumerable<DiagnosisFinding> FindOf(
        DiagnosedTable table, TablePrivileges? existing, Dictionary<Guid, string> held)
    {
        foreach (var type in NeededFor(table))
        {
            var privilege = existing?.Privileges?.FirstOrDefault(item => item?.PrivilegeType == type);
            if (privilege?.PrivilegeId is not { } id)
            {
                continue;
            }

            if (!held.TryGetValue(id, out var depth))
            {
                yield return Finding(
                    table,
                    DiagnosisCodes.PrivilegeMissing,
                    $"The roles of the caller do not contain {privilege.Name}. Unless a team grants it, {Consequence(type)}.");
            }
            else if (depth != Global)
            {
                yield return Finding(
                    table,
                    DiagnosisCodes.PrivilegeLimited,
                    $"The caller has {privilege.Name} with the depth {depth} only, not for the whole organization. {Limit(type)}");
            }
        }
    }

    private static IEnumerable<string> NeededFor(DiagnosedTable table) =>
    [
        "Read",
        .. table.IsWritten ? ["Create", "Write"] : Array.Empty<string>(),
        .. table.IsDeleted ? ["Delete"] : Array.Empty<string>(),
    ];

    private static string Consequence(string type) => type switch
    {
        "Read" => "nothing can be read",
        "Create" => "no row can be created",
        "Write" => "no row can be changed",
        _ => "no row can be deleted",
    };

    private static string Limit(string type) => type == "Read"
        ? "Rows of other business units are hidden, and change tracking is refused."
        : "Rows of other business units are refused.";

    private DiagnosisFinding Finding(DiagnosedTable table, string code, string message) => new()
    {
        Severity = FindingSeverity.Warning,
        Area = DiagnosisArea.Rights,
        Code = code,
        Message = $"{service.Name}: {message}",
        Table = table.Name,
    };

    private async Task<Dictionary<Guid, string>> ReadHeldAsync(Guid user, CancellationToken cancellationToken)
    {
        var call = HttpCall.Get(service.Addresses.Record("systemusers", user, $"/{Function}"), Operation);
        using var outcome = await service.AttemptAsync(call, cancellationToken).ConfigureAwait(false);
        var answer = outcome.Answer ?? throw outcome.Failure!;
        var list = service.Guarded(
            Operation, () => JsonSerializer.Deserialize(answer.Body.Span, MetadataJson.Default.RolePrivilegeList));
        var held = new Dictionary<Guid, string>();
        foreach (var item in list?.RolePrivileges ?? [])
        {
            if (item is { PrivilegeId: { } id, Depth: { } depth } && held.GetValueOrDefault(id) != Global)
            {
                held[id] = depth;
            }
        }

        return held;
    }

    private async Task<Dictionary<string, TablePrivileges>> ReadExistingAsync(
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
