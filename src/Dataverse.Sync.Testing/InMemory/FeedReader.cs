namespace Dataverse.Sync.Testing;

/// <summary>Begins the change feeds of one table, by version or by watermark.</summary>
internal sealed class FeedReader(
    TableSchema schema, InMemoryTableOptions options, RowStore store, SystemState system, Visibility visibility)
{
    /// <summary>How many times the checkpoints issued so far were declared expired.</summary>
    public int Epoch { get; set; }

    public ChangeFeed Begin(ChangeQuery query)
    {
        var since = query.Since is { } checkpoint && FeedPosition.Parse(checkpoint, schema.Name) is { } position
            && position.Epoch == Epoch
            ? position.Number
            : (long?)null;
        lock (store.Gate)
        {
            return schema.ReportsDeletions ? ByVersion(since, query) : ByWatermark(since, query);
        }
    }

    private ChangeFeed ByVersion(long? since, ChangeQuery query)
    {
        // A number from the future was issued before the system was restored from a backup.
        var known = since <= system.Sequence ? since : null;
        return new ChangeFeed(
            visibility.Shown(store.Changes.After(known ?? -1)), known is null ? [] : store.DeletedAfter(known.Value), PageSize(query))
        {
            Coverage = known is null ? ChangeCoverage.WholeTable : ChangeCoverage.Changes,
            End = CheckpointAt(system.Sequence),
        };
    }

    private ChangeFeed ByWatermark(long? since, ChangeQuery query)
    {
        // As long as no record was seen, there is no stamp to continue from.
        since = since == 0 ? null : since;
        var from = since is { } ticks && ticks > options.Overlap.Ticks && ticks <= DateTimeOffset.MaxValue.Ticks
            ? new DateTimeOffset(ticks, TimeSpan.Zero) - options.Overlap
            : DateTimeOffset.MinValue;
        var records = visibility.Shown(store.Changes.StampedFrom(from));
        if (query.Filter is { } filter)
        {
            records = Array.FindAll(records, filter.Matches);
        }

        // A clock that was ahead has left stamps of the future; a checkpoint at one of them would skip what follows.
        var limit = system.Now(options.StampResolution).UtcTicks;
        long Bounded(TableRecord record) => Math.Max(since ?? 0, Math.Min(Stamp(record), limit));
        return new ChangeFeed(records, [], PageSize(query))
        {
            Coverage = CoverageOf(since, query),
            End = CheckpointAt(records.Length > 0 ? Bounded(records[^1]) : since ?? 0),
            CheckpointAfter = record => CheckpointAt(Bounded(record)),
        };
    }

    private static ChangeCoverage CoverageOf(long? since, ChangeQuery query) =>
        since is not null ? ChangeCoverage.Changes : query.Filter is null
            ? ChangeCoverage.WholeTable
            : ChangeCoverage.FilteredTable;

    private Checkpoint CheckpointAt(long number) => new FeedPosition(Epoch, number).ToCheckpoint(schema.Name);

    private int PageSize(ChangeQuery query) => Math.Min(query.PageSize ?? options.PageSize, options.PageSize);

    private static long Stamp(TableRecord record) => record.ModifiedOn!.Value.UtcTicks;
}
