using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Asks for single rows, because only then the service tells a row that is hidden from one that is gone.</summary>
internal sealed class PresenceReader(ServiceConnection service, BatchSender batches)
{
    private const int RowsPerBatch = 100;
    private const int NotFound = 404;
    private const int Forbidden = 403;

    public async Task<IReadOnlyDictionary<Guid, RecordPresence>> ReadAsync(
        TableDefinition table, IEnumerable<Guid> ids, CancellationToken cancellationToken)
    {
        var presence = new Dictionary<Guid, RecordPresence>();
        foreach (var chunk in ids.Distinct().Chunk(RowsPerBatch))
        {
            await ReadAsync(table, chunk, presence, cancellationToken).ConfigureAwait(false);
        }

        return presence;
    }

    private async Task ReadAsync(
        TableDefinition table, Guid[] ids, Dictionary<Guid, RecordPresence> presence, CancellationToken cancellationToken)
    {
        const string Operation = "read single rows";
        var requests = Array.ConvertAll(ids, id => new BatchRequest
        {
            Method = HttpMethod.Get,
            Address = service.Addresses.Record(table.EntitySetName, id, $"?$select={table.KeyColumn}"),
        });
        using var outcome = await batches.ReadAsync(requests, Operation, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < ids.Length; index++)
        {
            var response = outcome.Responses![index];
            presence[ids[index]] = response.IsSuccess ? RecordPresence.Exists
                : response.Status == Forbidden ? RecordPresence.Hidden
                : IsGone(response) ? RecordPresence.Gone
                : throw service.Failed(response.Status, response.ReadError(), Operation);
        }
    }

    // Another 404 may say that the table or the address is unknown, which proves nothing about a row.
    private static bool IsGone(BatchResponse response) => response.Status == NotFound
        && ErrorCodes.Parse(response.ReadError().Code) == ErrorCodes.ObjectDoesNotExist;
}
