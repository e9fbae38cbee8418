using System.Runtime.CompilerServices;
using Dataverse.Sync.Http;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads changes by change tracking.</summary>
/// <remarks>
/// The first feed is the whole table; its last page gives the link of the changes after it, which becomes the checkpoint. A link
/// that has expired, that metadata changes made void, or that delivers too few columns leads to the whole table again.
/// </remarks>
internal sealed class TrackedChanges(WebApiClient client, RecordPages pages, ILogger logger)
{
    public async IAsyncEnumerable<ChangePage> ReadAsync(
        Selection selection, Checkpoint? since, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (answer, address, coverage) = await OpenAsync(selection, since, pageSize, cancellationToken).ConfigureAwait(false);
        var headers = Headers(selection, pageSize, coverage);
        var chain = pages.ChainOf(selection);
        while (true)
        {
            var next = RecordPages.Next(chain, address, answer.Page);
            yield return new ChangePage
            {
                Records = answer.Page.Records,
                Deleted = answer.Page.Deleted,
                Coverage = coverage,
                Checkpoint = next is null ? CheckpointOf(selection, address, answer.Page) : null,
            };
            if (next is null)
            {
                yield break;
            }

            address = next;
            answer = await pages.ReadAsync(address, selection, headers, cancellationToken).ConfigureAwait(false);
        }
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Headers(Selection selection, int pageSize, ChangeCoverage coverage) => Prefer.Header(
        coverage == ChangeCoverage.WholeTable ? Prefer.TrackChanges : null,
        Prefer.MaxPageSize(pageSize),
        selection.Annotations);

    private async Task<(RecordAnswer Answer, Uri Address, ChangeCoverage Coverage)> OpenAsync(
        Selection selection, Checkpoint? since, int pageSize, CancellationToken cancellationToken)
    {
        if (LinkOf(selection, since) is { } link)
        {
            try
            {
                var headers = Headers(selection, pageSize, ChangeCoverage.Changes);
                return (await pages.ReadAsync(link, selection, headers, cancellationToken).ConfigureAwait(false), link, ChangeCoverage.Changes);
            }
            catch (ConnectorException exception) when (MakesLinkVoid(exception))
            {
                WebApiLog.TrackingBeginsAgain(logger, client.Name, selection.Table.Name, exception.ErrorCode);
            }
        }

        var address = QueryAddress.Of(client, selection);
        var whole = Headers(selection, pageSize, ChangeCoverage.WholeTable);
        return (await pages.ReadAsync(address, selection, whole, cancellationToken).ConfigureAwait(false), address, ChangeCoverage.WholeTable);
    }

    // Whatever the service dislikes about a stored link, reading the table anew is safe: it fails too if the link was not to blame.
    private static bool MakesLinkVoid(ConnectorException exception) =>
        exception.Failure is ConnectorFailure.Refused or ConnectorFailure.NotFound
        || ServiceCodes.Parse(exception.ErrorCode) == ServiceCodes.ExpiredVersionStamp;

    private Uri? LinkOf(Selection selection, Checkpoint? since)
    {
        if (ChangePosition.Parse(since) is not ChangePosition.DeltaLink position
            || selection.Columns.Any(column => !position.Columns.Contains(column.WireName)))
        {
            return null;
        }

        return Uri.TryCreate(client.Root, position.Link, out var link) && IsOfTable(selection, link) ? link : null;
    }

    private bool IsOfTable(Selection selection, Uri link) =>
        link.GetLeftPart(UriPartial.Path) == client.Address(selection.Table.EntitySetName).AbsoluteUri && link.Query.Length > 1;

    private Checkpoint CheckpointOf(Selection selection, Uri request, RecordPage page)
    {
        var link = page.DeltaLink is null ? null : client.Resolve(request, page.DeltaLink);
        if (link is null || !IsOfTable(selection, link))
        {
            throw Malformed(selection, "the last page of the changes has no link of its table to the next ones");
        }

        var position = new ChangePosition.DeltaLink([.. selection.Columns.Select(column => column.WireName)], selection.Table.EntitySetName + link.Query);
        return position.ToCheckpoint();
    }

    private ConnectorException Malformed(Selection selection, string what) =>
        new(client.Name, ConnectorFailure.MalformedAnswer, $"{client.Name}: read '{selection.Table.Name}': {what}.");
}
