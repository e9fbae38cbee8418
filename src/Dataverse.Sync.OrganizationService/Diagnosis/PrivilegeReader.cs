using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Metadata;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Reads the privileges of the caller and those that exist.</summary>
internal sealed class PrivilegeReader(ServiceConnection service, BatchSender batches)
{
    private const string Operation = "read the caller's privileges";

    /// <summary>The ids of the privileges that the roles of a user hold, with their depth.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> ReadHeldAsync(Guid user, CancellationToken cancellationToken)
    {
        var response = await service.ExecuteAsync(MetadataRequests.PrivilegesOf(user), Operation, cancellationToken)
            .ConfigureAwait(false);
        var list = response.Results is { } results && results.TryGetValue("RolePrivileges", out var value) ? value : null;
        var held = new Dictionary<Guid, string>();
        foreach (var item in Members.Items(list) ?? throw service.Malformed(Operation, "The list of privileges is missing."))
        {
            if (Members.Id(item, "PrivilegeId") is { } id && Members.Text(item, "Depth") is { } depth)
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
        var existing = new Dictionary<string, TablePrivileges>(StringComparer.Ordinal);
        if (tables.Count == 0)
        {
            return existing;
        }

        var requests = tables.Select(table => MetadataRequests.EntityOf(table.Name, EntityFilters.Privileges)).ToList();
        var items = await batches.ReadAsync(requests, Operation, cancellationToken).ConfigureAwait(false);
        foreach (var (table, item) in tables.Zip(items))
        {
            if (Members.Items((item.Response as RetrieveEntityResponse)?.EntityMetadata?.Privileges) is { } privileges)
            {
                existing[table.Name] = new TablePrivileges(table.Name, [.. privileges.Select(KnownPrivilege)]);
            }
        }

        return existing;
    }

    private static TablePrivileges.KnownPrivilege KnownPrivilege(object privilege) => new(
        Members.Id(privilege, "PrivilegeId"), Members.Text(privilege, "Name"), Members.Text(privilege, "PrivilegeType"));
}
