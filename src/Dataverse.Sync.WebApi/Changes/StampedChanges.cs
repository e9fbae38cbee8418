using System.Globalization;
using System.Runtime.CompilerServices;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads changes by <c>modifiedon</c>, for tables without change tracking.</summary>
/// <remarks>
/// <para>Pages are evaluated one by one while people work, so they are ordered by the id, which never changes: a record that is
/// edited meanwhile keeps its place. A table without the stamp is read whole each time.</para>
/// <para>The next feed begins at the newest stamp that was seen, less an overlap for transactions that commit late, but never later
/// than the moment at which this one began: an edit of an earlier page would else be passed over, and a stamp in the future would
/// hide everything before it. Where the service does not tell its time, the newest stamp of the first of several pages has to do.</para>
/// </remarks>
internal sealed class StampedChanges(WebApiClient client, RecordPages pages, TimeSpan overlap)
{
    // The service knows no earlier time.
    private static readonly DateTimeOffset Earliest = new(1753, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public async IAsyncEnumerable<ChangePage> ReadAsync(
        Selection selection, ChangeQuery query, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var since = selection.Table.HasModifiedOn ? ChangePosition.Parse(query.Since) as ChangePosition.Watermark : null;
        var filter = new FilterTranslator(selection.Table).Translate(query.Filter);
        var coverage = since is not null ? ChangeCoverage.Changes : filter is not null ? ChangeCoverage.FilteredTable : ChangeCoverage.WholeTable;
        var address = QueryAddress.Of(client, selection, Join(since, filter), isOrdered: true);
        var headers = Prefer.Header(Prefer.MaxPageSize(pageSize), selection.Annotations);

        var newest = default(DateTimeOffset?);
        DateTimeOffset? began = null;
        var isFirst = true;
        await foreach (var answer in pages.ReadAllAsync(address, selection, headers, cancellationToken).ConfigureAwait(false))
        {
            newest = Newest(newest, answer.Page.Records);
            var isLast = answer.Page.NextLink is null;
            began = isFirst ? answer.ServiceTime ?? (isLast ? null : newest) : began;
            isFirst = false;
            yield return new ChangePage
            {
                Records = answer.Page.Records,
                Coverage = coverage,
                Checkpoint = isLast ? CheckpointOf(since?.Newest, began < newest ? began : newest) : null,
            };
        }
    }

    private static DateTimeOffset? Newest(DateTimeOffset? newest, IReadOnlyList<TableRecord> records)
    {
        foreach (var record in records)
        {
            newest = newest is null || record.ModifiedOn > newest ? record.ModifiedOn ?? newest : newest;
        }

        return newest;
    }

    private static Checkpoint CheckpointOf(DateTimeOffset? known, DateTimeOffset? seen) => (known > seen ? known : seen ?? known) is { } newest
        ? new ChangePosition.Watermark(newest).ToCheckpoint()
        : ChangePosition.Beginning.ToCheckpoint();

    private string? Join(ChangePosition.Watermark? since, string? filter)
    {
        if (since is null)
        {
            return filter;
        }

        // The stamps are whole seconds.
        var from = since.Newest > Earliest + overlap ? since.Newest - overlap : Earliest;
        var changed = string.Create(CultureInfo.InvariantCulture, $"{TableMetadata.ModifiedOn} ge {from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}");
        return filter is null ? changed : $"{changed} and {filter}";
    }
}
