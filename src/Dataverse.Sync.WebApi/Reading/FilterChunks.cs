using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Splits many conditions into filters that the service accepts.</summary>
/// <remarks>
/// A query takes at most 500 conditions and an address 32,768 characters; gateways on the way often accept far fewer.
/// </remarks>
internal static class FilterChunks
{
    private const int MaxConditions = 400;
    private const int MaxEncodedLength = 24_000;

    /// <summary>Joins conditions into as few filters as possible.</summary>
    public static IEnumerable<string> Split(IEnumerable<string> conditions, string separator)
    {
        var chunk = new List<string>();
        var length = 0;
        foreach (var condition in conditions)
        {
            var added = ODataLiteral.Encode(condition).Length + ODataLiteral.Encode(separator).Length;
            if (chunk.Count == MaxConditions || (chunk.Count > 0 && length + added > MaxEncodedLength))
            {
                yield return string.Join(separator, chunk);
                chunk.Clear();
                length = 0;
            }

            chunk.Add(condition);
            length += added;
        }

        if (chunk.Count > 0)
        {
            yield return string.Join(separator, chunk);
        }
    }
}
