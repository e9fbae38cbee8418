using System.Globalization;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads changes by <c>modifiedon</c>; see <see cref="StampedFeed"/>.</summary>
internal sealed class StampedChanges(ServiceConnection service, RecordPages pages, TimeSpan overlap)
{
    public IAsyncEnumerable<ChangePage> ReadAsync(
        Selection selection, ChangeQuery query, int pageSize, CancellationToken cancellationToken)
    {
        var filter = new FilterTranslator(selection.Table).Translate(query.Filter);
        return new StampedFeed(ChangeFeed.Form, overlap).ReadAsync(
            selection.Table,
            query.Since,
            filter is not null,
            since => OpenAsync(selection, Join(since, filter), pageSize, cancellationToken),
            cancellationToken);
    }

    private IAsyncEnumerable<FeedPage> OpenAsync(
        Selection selection, string? filter, int pageSize, CancellationToken cancellationToken)
    {
        var table = selection.Table;
        var address = service.Addresses.Query(table.EntitySetName, selection.Select, filter, orderBy: table.KeyColumn);
        var headers = Prefer.Header(Prefer.MaxPageSize(pageSize), selection.Annotations);
        return pages.ReadAllAsync(address, selection, headers, cancellationToken)
            .Select(page => new FeedPage(page.Records, page.IsLast, page.ServiceTime));
    }

    // The stamps are whole seconds.
    private static string? Join(DateTimeOffset? since, string? filter)
    {
        if (since is not { } start)
        {
            return filter;
        }

        var stamp = start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var changed = $"{ColumnNames.ModifiedOn} ge {stamp}";
        return filter is null ? changed : $"{changed} and {filter}";
    }
}
