using System.Runtime.CompilerServices;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Reads collections page by page.</summary>
internal sealed class RecordPages(WebApiClient client)
{
    /// <summary>Reads a page.</summary>
    public Task<RecordAnswer> ReadAsync(Uri address, Selection selection, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken)
    {
        var call = HttpCall.Get(address, $"read '{selection.Table.Name}'", headers);
        return client.ReadAsync(call, answer => new RecordAnswer(PageReader.Read(answer.Body.Span, selection.Shape), answer.Date), cancellationToken);
    }

    /// <summary>Reads a page and those after it; the service wants the same preferences for each.</summary>
    public async IAsyncEnumerable<RecordAnswer> ReadAllAsync(
        Uri address,
        Selection selection,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Uri? next = address;
        while (next is not null)
        {
            var answer = await ReadAsync(next, selection, headers, cancellationToken).ConfigureAwait(false);
            next = Next(next, answer.Page, selection);
            yield return answer;
        }
    }

    /// <summary>Where a collection continues; null on its last page.</summary>
    /// <exception cref="ConnectorException">The link leads elsewhere, or back to the same page.</exception>
    public Uri? Next(Uri current, RecordPage page, Selection selection)
    {
        if (page.NextLink is null)
        {
            return null;
        }

        var next = client.Resolve(current, page.NextLink);
        return next != current ? next : throw new ConnectorException(
            client.Name, ConnectorFailure.MalformedAnswer, $"{client.Name}: read '{selection.Table.Name}': a page continues with itself.");
    }
}
