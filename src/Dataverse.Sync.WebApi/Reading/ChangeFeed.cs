using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>
/// Reads the changes of a table: by change tracking where the table has it, else by <c>modifiedon</c>.
/// </summary>
internal sealed class ChangeFeed(ServiceConnection service, RecordPages pages, WebApiOptions options, ILogger logger)
{
    /// <summary>The first word of the checkpoints.</summary>
    public const string Form = "1";

    public IAsyncEnumerable<ChangePage> Read(
        TableDefinition table, ChangeQuery query, CancellationToken cancellationToken)
    {
        var selection = Selection.Of(table, query.Fields, service.Name);
        var pageSize = Math.Clamp(query.PageSize ?? options.PageSize, 1, options.PageSize);
        return table.TracksChanges
            ? new TrackedChanges(service, pages, logger).ReadAsync(selection, query.Since, pageSize, cancellationToken)
            : new StampedChanges(service, pages, options.ModifiedOnOverlap).ReadAsync(selection, query, pageSize, cancellationToken);
    }
}
