using System.Globalization;
using System.Runtime.CompilerServices;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads changes by <c>modifiedon</c>, for tables without change tracking.</summary>
/// <remarks>
/// <para>Pages are evaluated one by one while people work, so they are ordered by the id, which never changes: a record
/// that is edited meanwhile keeps its place. A table without the stamp is read whole each time.</para>
/// <para>The next feed begins at the newest stamp that was seen, less an overlap for transactions that commit late, but
/// never later than the moment at which this one began: an edit of an earlier page would else be passed over, and a
/// stamp in the future would hide everything before it. Where the service does not tell its time, the newest stamp of
/// the first of several pages has to do.</para>
/// </remarks>
internal sealed class StampedChanges(ServiceConnection service, RecordPages pages, TimeSpan overlap)
{
    public async IAsyncEnumerable<ChangePage> ReadAsync(
        Selection selection, ChangeQuery query, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = selection.Table;
        var since = table.HasModifiedOn ? ChangePosition.Parse(query.Since) as ChangePosition.Watermark : null;
        var filter = new FilterTranslator(table).Translate(query.Filter);
        var address = service.Addresses.Query(table.EntitySetName, selection.Select, Join(since, filter), orderBy: table.KeyColumn);
        var headers = Prefer.Header(Prefer.MaxPageSize(pageSize), selection.Annotations);

        DateTimeOffset? newest = null;
        DateTimeOffset? began = null;
        var isFirst = true;
        await foreach (var response in pages.ReadAllAsync(address, selection, headers, cancellationToken).ConfigureAwait(false))
        {
            newest = Newest(newest, response.Records);
            began = isFirst ? BeginOf(response, newest) : began;
            isFirst = false;
            yield return new ChangePage
            {
                Records = response.Records,
                Coverage = CoverageOf(since, filter),
                Checkpoint = response.IsLast ? CheckpointOf(since?.Newest, began < newest ? began : newest) : null,
            };
        }
    }

    private static ChangeCoverage CoverageOf(ChangePosition.Watermark? since, string? filter) => since is not null ? ChangeCoverage.Changes
        : filter is not null ? ChangeCoverage.FilteredTable
        : ChangeCoverage.WholeTable;

    // The time at which the feed began, as far as it limits the checkpoint: a single page is a snapshot.
    private static DateTimeOffset? BeginOf(PageResponse first, DateTimeOffset? newest) =>
        first.ServiceTime ?? (first.IsLast ? null : newest);

    private static DateTimeOffset? Newest(DateTimeOffset? newest, IReadOnlyList<TableRecord> records)
    {
        foreach (var record in records)
        {
            newest = newest is null || record.ModifiedOn > newest ? record.ModifiedOn ?? newest : newest;
        }

        return newest;
    }

    private static Checkpoint CheckpointOf(DateTimeOffset? known, DateTimeOffset? seen) =>
        (known > seen ? known : seen ?? known) is { } newest
        ? new ChangePosition.Watermark(newest).ToCheckpoint()
        : ChangePosition.Beginning.ToCheckpoint();

    private string? Join(ChangePosition.Watermark? since, string? filter)
    {
        if (since is null)
        {
            return filter;
        }

        // The stamps are whole seconds.
        var from = since.Newest > DateRules.EarliestInstant + overlap
            ? since.Newest - overlap
            : DateRules.EarliestInstant;
        var stamp = from.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var changed = $"{ColumnNames.ModifiedOn} ge {stamp}";
        return filter is null ? changed : $"{changed} and {filter}";
    }
}
