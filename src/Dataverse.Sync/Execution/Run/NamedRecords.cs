namespace Dataverse.Sync.Execution;

/// <summary>The records of one side that were requested by id.</summary>
internal sealed record NamedRecords(SyncSide Side, IReadOnlyCollection<Guid> Ids)
{
    /// <summary>Checks what a caller named. Nobody means to synchronize no record, so a job of zeros would hide a mistake.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is empty.</exception>
    public static NamedRecords Of(SyncSide side, IReadOnlyCollection<Guid> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count > 0
            ? new(side, ids)
            : throw new ArgumentException("Name at least one record.", nameof(ids));
    }
}
