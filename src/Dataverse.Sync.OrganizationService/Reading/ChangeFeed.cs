using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService;

/// <summary>
/// Reads the changes of a table: by change tracking where the table has it, else by <c>modifiedon</c>.
/// </summary>
internal sealed class ChangeFeed(ServiceConnection service, RecordPages pages, OrganizationServiceOptions options, ILogger logger)
{
    /// <summary>
    /// The first word of the checkpoints. It differs from that of the Web API, whose links mean nothing here.
    /// </summary>
    public const string Form = "sdk1";

    public IAsyncEnumerable<ChangePage> Read(
        TableDefinition table, ChangeQuery query, CancellationToken cancellationToken)
    {
        var selection = Selection.Of(table, query.Fields, service.Name);
        var pageSize = Math.Clamp(query.PageSize ?? options.PageSize, 1, options.PageSize);
        return table.TracksChanges
            ? new TrackedChanges(service, logger).ReadAsync(selection, query.Since, pageSize, cancellationToken)
            : ReadStamped(selection, query, pageSize, cancellationToken);
    }

    private IAsyncEnumerable<ChangePage> ReadStamped(
        Selection selection, ChangeQuery query, int pageSize, CancellationToken cancellationToken)
    {
        var filter = new FilterTranslator(selection.Table).Translate(query.Filter);
        return new StampedFeed(Form, options.ModifiedOnOverlap).ReadAsync(
            selection.Table,
            query.Since,
            filter is not null,
            since => pages.ReadAllAsync(selection, Join(since, filter), pages.FirstPage(pageSize), cancellationToken),
            cancellationToken);
    }

    // The stamps are whole seconds.
    private static FilterExpression? Join(DateTimeOffset? since, FilterExpression? filter)
    {
        if (since is not { } start)
        {
            return filter;
        }

        var joined = new FilterExpression(LogicalOperator.And);
        var stamp = ValueWriter.SecondsOf(start);
        joined.AddCondition(new ConditionExpression(ColumnNames.ModifiedOn, ConditionOperator.GreaterEqual, stamp));
        if (filter is not null)
        {
            joined.AddFilter(filter);
        }

        return joined;
    }
}
