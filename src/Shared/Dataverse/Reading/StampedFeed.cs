using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Shared;

/// <summary>Reads changes by <c>modifiedon</c>, for tables without change tracking.</summary>
/// <remarks>
/// <para>Pages are evaluated one by one while people work, so they must be ordered by the id, which never changes: a
/// record that is edited meanwhile keeps its place. A table without the stamp is read whole each time.</para>
/// <para>The next feed begins at the newest stamp that was seen, less an overlap for transactions that commit late, but
/// never later than the moment at which this one began: an edit of an earlier page would else be passed over, and a
/// stamp in the future would hide everything before it. Where the service does not tell its time, the newest stamp of
/// the first of several pages has to do.</para>
/// </remarks>
/// <param name="form">The first word of the connector's checkpoints.</param>
/// <param name="overlap">How far a feed reaches back.</param>
internal sealed class StampedFeed(string form, TimeSpan overlap)
{
    /// <summary>Reads the feed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="since">The position after which to read; null for the whole table.</param>
    /// <param name="isFiltered">Whether the pages hold only what passes a filter.</param>
    /// <param name="open">Reads the pages of the records that have not been changed before an instant; null for any
    /// record.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public async IAsyncEnumerable<ChangePage> ReadAsync(
        TableDefinition table,
        Checkpoint? since,
        bool isFiltered,
        Func<DateTimeOffset?, IAsyncEnumerable<FeedPage>> open,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = table.HasModifiedOn ? ChangePosition.Parse(since, form) as ChangePosition.Watermark : null;
        DateTimeOffset? newest = null;
        DateTimeOffset? began = null;
        var isFirst = true;
        await foreach (var page in open(StartOf(known)).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            newest = Newest(newest, page.Records);
            began = isFirst ? BeginOf(page, newest) : began;
            isFirst = false;
            yield return new ChangePage
            {
                Records = page.Records,
                Coverage = CoverageOf(known, isFiltered),
                Checkpoint = page.IsLast ? CheckpointOf(known?.Newest, began < newest ? began : newest) : null,
            };
        }
    }

    private DateTimeOffset? StartOf(ChangePosition.Watermark? since) => since is null ? null
        : since.Newest > DateRules.EarliestInstant + overlap ? since.Newest - overlap
        : DateRules.EarliestInstant;

    private static ChangeCoverage CoverageOf(ChangePosition.Watermark? since, bool isFiltered) =>
        since is not null ? ChangeCoverage.Changes
        : isFiltered ? ChangeCoverage.FilteredTable
        : ChangeCoverage.WholeTable;

    // The time at which the feed began, as far as it limits the checkpoint: a single page is a snapshot.
    private static DateTimeOffset? BeginOf(FeedPage first, DateTimeOffset? newest) =>
        first.ServiceTime ?? (first.IsLast ? null : newest);

    private static DateTimeOffset? Newest(DateTimeOffset? newest, IReadOnlyList<TableRecord> records)
    {
        foreach (var record in records)
        {
            newest = newest is null || record.ModifiedOn > newest ? record.ModifiedOn ?? newest : newest;
        }

        return newest;
    }

    private Checkpoint CheckpointOf(DateTimeOffset? known, DateTimeOffset? seen) =>
        ((known > seen ? known : seen ?? known) is { } newest
            ? new ChangePosition.Watermark(newest)
            : ChangePosition.Beginning).ToCheckpoint(form);
}
