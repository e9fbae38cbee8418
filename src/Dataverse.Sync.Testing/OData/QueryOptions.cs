namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Splits the query part of a URL into decoded names and values.</summary>
internal static class QueryOptions
{
    /// <exception cref="ODataQueryException">A name occurs twice.</exception>
    public static IReadOnlyDictionary<string, string> Parse(string? query)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in (query ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Decode(at < 0 ? pair : pair[..at]);
            if (!options.TryAdd(name, at < 0 ? "" : Decode(pair[(at + 1)..])))
            {
                throw new ODataQueryException(
                    ODataQueryFault.Syntax,
                    $"Query option '{name}' was specified more than once, but it must be specified at most once.");
            }
        }

        return options;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
