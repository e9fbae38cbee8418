namespace Dataverse.Sync.Shared;

/// <summary>Compares versions by reading, for tables whose versions the service does not compare.</summary>
internal sealed class VersionCheck(WriteContext context)
{
    /// <summary>Gives a result to the writes whose record is missing or has another version than expected.</summary>
    /// <param name="writes">The writes.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The writes that remain to be sent.</returns>
    public async Task<IReadOnlyList<PendingWrite>> CompareAsync(
        IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var expecting = writes.Where(write => write.Operation.ExpectedVersion is not null && write.Kind != WriteKind.Insert).ToList();
        if (context.Table.ChecksVersions || expecting.Count == 0)
        {
            return writes;
        }

        var found = await context.Lookup
            .ByIdAsync(context.Table, [], expecting.Select(write => write.Id), cancellationToken)
            .ConfigureAwait(false);
        var records = found.ToDictionary(record => record.Id);
        foreach (var write in expecting)
        {
            Compare(write, records.GetValueOrDefault(write.Id));
        }

        return [.. writes.Where(write => write.Result is null)];
    }

    private static void Compare(PendingWrite write, TableRecord? record)
    {
        if (record is null && write.Kind == WriteKind.Delete)
        {
            write.Applied();
        }
        else if (record is null)
        {
            write.Refused(WriteStatus.NotFound, new SyncError(SyncErrorCodes.NotFound, "The record does not exist."));
        }
        else if (record.Version != write.Operation.ExpectedVersion)
        {
            var error = new SyncError(SyncErrorCodes.ConcurrentModification, "The record was changed in the meantime.");
            write.Refused(WriteStatus.VersionMismatch, error);
        }
    }
}
