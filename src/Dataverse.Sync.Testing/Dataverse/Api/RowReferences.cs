using Microsoft.OData.UriParser;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Resolves the URLs in <c>@odata.bind</c> and <c>@odata.id</c>.</summary>
internal sealed class RowReferences(
    DatabaseState state, IReadOnlyDictionary<string, string>? contentIds, int missingStatus)
{
    /// <summary>The row behind a relative URL, an absolute one, or a Content-ID reference.</summary>
    /// <exception cref="DataverseErrorException">The URL is no row's, or there is no such row.</exception>
    public DataverseReference Resolve(string url)
    {
        var address = Address(url);
        if (address.Find(state) is { } row)
        {
            return new DataverseReference(row.Table, row.Id);
        }

        var missing = address.Missing();
        throw new DataverseErrorException(missingStatus, missing.Code, missing.Message);
    }

    /// <summary>The address in a URL; the row need not exist.</summary>
    public RowAddress Address(string url)
    {
        var path = ResourcePath.Parse(state.Schema, Relative(Expand(url)));
        return path is [EntitySetSegment set, KeySegment key]
            ? ResourcePath.Address(ResourcePath.Table(state.Schema, set), key)
            : throw DataverseErrors.BadPayload($"The URL '{url}' does not identify a row.");
    }

    private string Expand(string url)
    {
        if (!url.StartsWith('$'))
        {
            return url;
        }

        return contentIds is not null && contentIds.TryGetValue(url[1..], out var row)
            ? row
            : throw DataverseErrors.BadPayload($"Content-ID Reference: '{url}' does not exist in the batch context.");
    }

    private static string Relative(string url)
    {
        const string Marker = "/api/data/v";
        var at = url.IndexOf(Marker, StringComparison.OrdinalIgnoreCase);
        var slash = at < 0 ? -1 : url.IndexOf('/', at + Marker.Length);
        return slash < 0 ? url.TrimStart('/') : url[(slash + 1)..];
    }
}
