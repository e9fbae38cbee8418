using System.Runtime.CompilerServices;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads changes by change tracking.</summary>
/// <remarks>
/// The first feed is the whole table; its last page gives the link of the changes after it, which becomes the
/// checkpoint. A link that has expired, that metadata changes made void, or that delivers too few columns leads to the
/// whole table again.
/// </remarks>
internal sealed class TrackedChanges(ServiceConnection service, RecordPages pages, ILogger logger)
{
    public async IAsyncEnumerable<ChangePage> ReadAsync(
        Selection selection, Checkpoint? since, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (response, address, coverage) = await OpenAsync(selection, since, pageSize, cancellationToken)
            .ConfigureAwait(false);
        var headers = Headers(selection, pageSize, coverage);
        var chain = pages.ChainOf(selection);
        while (true)
        {
            var next = chain.Next(address, response.Page);
            yield return new ChangePage
            {
                Records = response.Page.Records,
                Deleted = response.Page.Deleted,
                Coverage = coverage,
                Checkpoint = next is null ? CheckpointOf(selection, address, response.Page) : null,
            };
            if (next is null)
            {
                yield break;
            }

            address = next;
            response = await pages.ReadAsync(address, selection, headers, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Headers(
        Selection selection, int pageSize, ChangeCoverage coverage) => Prefer.Header(
        coverage == ChangeCoverage.WholeTable ? Prefer.TrackChanges : null,
        Prefer.MaxPageSize(pageSize),
        selection.Annotations);

    private async Task<(PageResponse Response, Uri Address, ChangeCoverage Coverage)> OpenAsync(
        Selection selection, Checkpoint? since, int pageSize, CancellationToken cancellationToken)
    {
        if (LinkOf(selection, since) is { } link)
        {
            try
            {
                var headers = Headers(selection, pageSize, ChangeCoverage.Changes);
                var changes = await pages.ReadAsync(link, selection, headers, cancellationToken).ConfigureAwait(false);
                return (changes, link, ChangeCoverage.Changes);
            }
            catch (ConnectorException exception) when (MakesLinkVoid(exception))
            {
                ConnectorLog.TrackingBeginsAgain(logger, service.Name, selection.Table.Name, exception.ErrorCode);
            }
        }

        var address = service.Addresses.Query(selection.Table.EntitySetName, selection.Select);
        var whole = Headers(selection, pageSize, ChangeCoverage.WholeTable);
        var first = await pages.ReadAsync(address, selection, whole, cancellationToken).ConfigureAwait(false);
        return (first, address, ChangeCoverage.WholeTable);
    }

    // Whatever the service rejects about a stored link, reading the whole table is safe: it fails too if the link was
    // not the cause.
    private static bool MakesLinkVoid(ConnectorException exception) =>
        exception.Failure is ConnectorFailure.Refused or ConnectorFailure.NotFound
        || ErrorCodes.Parse(exception.ErrorCode) == ErrorCodes.ExpiredVersionStamp;

    private Uri? LinkOf(Selection selection, Checkpoint? since)
    {
        if (ChangePosition.Parse(since, ChangeFeed.Form) is not ChangePosition.DeltaLink position
            || selection.Columns.Any(column => !position.Columns.Contains(column.WireName)))
        {
            return null;
        }

        return Uri.TryCreate(service.Addresses.Root, position.Link, out var link) && IsOfTable(selection, link)
            ? link
            : null;
    }

    private bool IsOfTable(Selection selection, Uri link) =>
        link.GetLeftPart(UriPartial.Path) == service.Addresses.Absolute(selection.Table.EntitySetName).AbsoluteUri && link.Query.Length > 1;

    private Checkpoint CheckpointOf(Selection selection, Uri request, RecordPage page)
    {
        var link = page.DeltaLink is null ? null : service.Resolve(request, page.DeltaLink);
        if (link is null || !IsOfTable(selection, link))
        {
            throw Malformed(selection, "the last page of the changes has no link of its table to the next ones");
        }

        var columns = selection.Columns.Select(column => column.WireName);
        var position = new ChangePosition.DeltaLink([.. columns], selection.Table.EntitySetName + link.Query);
        return position.ToCheckpoint(ChangeFeed.Form);
    }

    private ConnectorException Malformed(Selection selection, string what) =>
        new(service.Name, ConnectorFailure.MalformedAnswer, $"{service.Name}: read '{selection.Table.Name}': {what}.");
}
