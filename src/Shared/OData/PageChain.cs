using System.Security.Cryptography;
using System.Text;

namespace Dataverse.Sync.Http;

/// <summary>Follows the links from page to page and ends a chain that would not end by itself.</summary>
/// <remarks>
/// A service that is broken or hostile may send links in a circle, or empty pages for ever. A chain fails when a link
/// comes a second time, after 1,000 pages in a row without a record, and after a million pages; of each link 16 bytes
/// are kept. One chain belongs to one read.
/// </remarks>
internal sealed class PageChain(OriginGuard origin, Func<string, ConnectorException> malformed)
{
    private const int MaxEmptyPages = 1_000;
    private const int MaxPages = 1_000_000;

    private readonly HashSet<UInt128> visited = [];
    private int emptyPages;

    /// <summary>Where the chain continues after a page; null when that was the last one.</summary>
    /// <param name="current">The address of the page.</param>
    /// <param name="link">The link that it holds, or null.</param>
    /// <param name="isEmpty">Whether the page brought nothing new.</param>
    /// <exception cref="ConnectorException">The link leads elsewhere, in a circle, or on without end.</exception>
    public Uri? Next(Uri current, string? link, bool isEmpty)
    {
        if (link is null)
        {
            return null;
        }

        _ = visited.Add(MarkOf(current));
        emptyPages = isEmpty ? emptyPages + 1 : 0;
        if (emptyPages == MaxEmptyPages)
        {
            throw malformed($"{MaxEmptyPages} pages in a row hold no record, and there are more.");
        }

        var next = origin.Resolve(current, link);
        return visited.Contains(MarkOf(next)) ? throw malformed("The pages lead in a circle.")
            : visited.Count == MaxPages ? throw malformed($"There are more than {MaxPages} pages.")
            : next;
    }

    /// <summary>The address of the page after another one; null when that was the last one.</summary>
    /// <exception cref="ConnectorException">The link points elsewhere, back to an earlier page, or on without
    /// end.</exception>
    public Uri? Next(Uri current, RecordPage page) =>
        Next(current, page.NextLink, page.Records.Count + page.Deleted.Count == 0);

    private static UInt128 MarkOf(Uri address)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri), hash);
        return new UInt128(BitConverter.ToUInt64(hash), BitConverter.ToUInt64(hash[sizeof(ulong)..]));
    }
}
