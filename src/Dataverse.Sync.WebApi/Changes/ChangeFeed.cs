using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads the changes of a table by the best means that it offers.</summary>
internal sealed class ChangeFeed(WebApiClient client, RecordPages pages, WebApiOptions options, ILogger logger)
{
    public IAsyncEnumerable<ChangePage> Read(TableMetadata table, ChangeQuery query, CancellationToken cancellationToken)
    {
        var selection = Selection.Of(table, query.Fields, client.Name);
        var pageSize = Math.Clamp(query.PageSize ?? options.PageSize, 1, options.PageSize);
        return table.TracksChanges
            ? new TrackedChanges(client, pages, logger).ReadAsync(selection, query.Since, pageSize, cancellationToken)
            : new StampedChanges(client, pages, options.ModifiedOnOverlap).ReadAsync(selection, query, pageSize, cancellationToken);
    }
}
