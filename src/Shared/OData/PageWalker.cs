using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Http;

/// <summary>Reads a collection page by page until a page has no link to a next one.</summary>
internal static class PageWalker
{
    /// <summary>Reads the pages that begin at an address. Each link is followed unchanged.</summary>
    /// <param name="start">The address of the first page.</param>
    /// <param name="chain">Checks the links; may have followed earlier pages of the same read.</param>
    /// <param name="read">Reads one page.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="ConnectorException">A page could not be read, or a link points elsewhere, back, or on without
    /// end.</exception>
    public static async IAsyncEnumerable<PageResponse> WalkAsync(
        Uri start,
        PageChain chain,
        Func<Uri, CancellationToken, Task<PageResponse>> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Uri? next = start;
        while (next is not null)
        {
            var response = await read(next, cancellationToken).ConfigureAwait(false);
            next = chain.Next(next, response.Page);
            yield return response;
        }
    }
}
