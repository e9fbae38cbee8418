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
    public IAsyncEnumerable<RecordAnswer> ReadAllAsync(
        Uri address, Selection selection, IReadOnlyList<KeyValuePair<string, string>> headers, CancellationToken cancellationToken) =>
        ReadAllAsync(address, ChainOf(selection), selection, headers, cancellationToken);

    /// <summary>Reads the pages from the one on to which a chain has led.</summary>
    public async IAsyncEnumerable<RecordAnswer> ReadAllAsync(
        Uri address,
        PageChain chain,
        Selection selection,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Uri? next = address;
        while (next is not null)
        {
            var answer = await ReadAsync(next, selection, headers, cancellationToken).ConfigureAwait(false);
            next = Next(chain, next, answer.Page);
            yield return answer;
        }
    }

    public PageChain ChainOf(Selection selection) => client.ChainOf($"read '{selection.Table.Name}'");

    /// <summary>Where a collection continues; null on its last page.</summary>
    /// <exception cref="ConnectorException">The link leads elsewhere, in a circle, or on without end.</exception>
    public static Uri? Next(PageChain chain, Uri current, RecordPage page) =>
        chain.Next(current, page.NextLink, page.Records.Count + page.Deleted.Count == 0);
}
