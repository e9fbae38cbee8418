using System.Runtime.CompilerServices;
using Dataverse.Sync.Http;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads the records whose stamp lies after a position, with an overlap that catches late commits.</summary>
/// <remarks>
/// Stamps come from several servers' clocks, before the commit, with heavy ties: the overlap covers all three. The feed
/// is not a snapshot, so its position never passes the time at which it began, whatever stamps it met.
/// </remarks>
internal sealed class ChangeFeed(ServiceConnection service, RecordPages pages, FeedSettings settings, ILogger logger)
{
    public async IAsyncEnumerable<ChangePage> ReadAsync(
        TableDefinition table, ChangeQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var since = table.ModifiedOnField is null ? null : ChangePosition.Parse(query.Since)?.Stamp;
        if (query.Since is not null && since is null && table.ModifiedOnField is not null)
        {
            ConnectorLog.ReadingWhole(logger, table.Name);
        }

        var shape = table.Shape(query.Fields.Concat(query.Filter?.Fields ?? []));
        var pushed = query.Filter is null ? null : FilterTranslator.Translate(query.Filter, table);
        var newest = since;
        DateTimeOffset? limit = null;
        var isFirst = true;
        await foreach (var page in PagesAsync(table, shape, since, pushed, query.PageSize, cancellationToken).ConfigureAwait(false))
        {
            limit = isFirst ? Before(page.ServiceTime, settings.ClockMargin) : limit;
            isFirst = false;
            newest = Newest(newest, page.Records, limit);
            yield return new ChangePage
            {
                Records = page.Records,
                Coverage = CoverageOf(since, pushed),
                Checkpoint = page.IsLast ? new ChangePosition(newest).ToCheckpoint() : null,
            };
        }
    }

    private async IAsyncEnumerable<PageResponse> PagesAsync(
        TableDefinition table,
        RecordShape shape,
        DateTimeOffset? since,
        string? pushed,
        int? pageSize,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = (since, pushed) switch
        {
            (null, _) => pushed,
            (_, null) => After(table, since.Value),
            _ => $"{After(table, since.Value)} and ({pushed})",
        };
        var path = await service.PathAsync(table.EntitySet, cancellationToken).ConfigureAwait(false);

        // The service's own order is by number: a record renamed between two pages would be missing from the whole
        // table.
        var order = since is null ? table.Schema.KeyField : null;
        var select = TableDefinition.Select(shape);
        var address = service.Addresses.Absolute(table.ApiRoot, path, ("$select", select), ("$filter", filter), ("$orderby", order));
        var operation = $"read changes of '{table.Name}'";
        var read = pages.ReadAllAsync(address, operation, shape, Headers(pageSize), cancellationToken);
        await foreach (var page in read.ConfigureAwait(false))
        {
            yield return page;
        }
    }

    private string After(TableDefinition table, DateTimeOffset since)
    {
        var earliest = since - DateTimeOffset.UnixEpoch > settings.Overlap
            ? since - settings.Overlap
            : DateTimeOffset.UnixEpoch;
        return $"{table.ModifiedOnField} ge {ODataLiteral.DateTime(earliest)}";
    }

    // No Data-Access-Intent: a read replica lags behind, and an old state of a record would count as an edit.
    private KeyValuePair<string, string>[] Headers(int? pageSize) =>
        [.. Prefer.Header(Prefer.MaxPageSize(Math.Min(pageSize ?? settings.PageSize, settings.PageSize)))];

    private static ChangeCoverage CoverageOf(DateTimeOffset? since, string? pushed)
    {
        if (since is not null)
        {
            return ChangeCoverage.Changes;
        }

        return pushed is null ? ChangeCoverage.WholeTable : ChangeCoverage.FilteredTable;
    }

    private static DateTimeOffset? Before(DateTimeOffset? time, TimeSpan margin) =>
        time is { } told && told - DateTimeOffset.UnixEpoch > margin ? told - margin : time;

    private static DateTimeOffset? Newest(
        DateTimeOffset? known, IReadOnlyList<TableRecord> records, DateTimeOffset? limit)
    {
        foreach (var record in records)
        {
            if (record.ModifiedOn is { } stamp && (known is null || stamp > known))
            {
                var bounded = limit < stamp ? limit.Value : stamp;
                known = known > bounded ? known : bounded;
            }
        }

        return known;
    }
}
