using Dataverse.Sync.Shared;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>Asks for single rows, because only then the service tells a row that is hidden from one that is gone.</summary>
internal sealed class PresenceReader(ServiceConnection service, BatchSender batches)
{
    private const int RowsPerBatch = 100;

    public async Task<IReadOnlyDictionary<Guid, RecordPresence>> ReadAsync(
        TableDefinition table, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        const string Operation = "read single rows";
        var presence = new Dictionary<Guid, RecordPresence>();
        foreach (var chunk in ids.Distinct().Chunk(RowsPerBatch))
        {
            var requests = Array.ConvertAll(chunk, OrganizationRequest (id) => new RetrieveRequest
            {
                Target = new EntityReference(table.Name, id),
                ColumnSet = new ColumnSet(table.KeyColumn),
            });
            var items = await batches.ReadAsync(requests, Operation, cancellationToken).ConfigureAwait(false);
            for (var index = 0; index < chunk.Length; index++)
            {
                presence[chunk[index]] = PresenceOf(items[index], Operation);
            }
        }

        return presence;
    }

    private RecordPresence PresenceOf(BatchItem item, string operation)
    {
        if (item.Fault is not { } fault)
        {
            _ = batches.ResponseOf(item, operation);
            return RecordPresence.Exists;
        }

        // Another code may say that the table is unknown, which proves nothing about a row.
        var code = Faults.CodeOf(fault);
        return ErrorCodes.IsAccessDenied(code) ? RecordPresence.Hidden
            : code == ErrorCodes.ObjectDoesNotExist ? RecordPresence.Gone
            : throw service.FailureOf(fault, operation);
    }
}
