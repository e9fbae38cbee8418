namespace Dataverse.Sync;

/// <summary>Lists the names of values for messages.</summary>
internal static class ValueNames
{
    // Enough for a person to recognize them, and short enough for an error.
    private const int MostNamed = 12;

    /// <summary>The first names in quotation marks, and how many more there are.</summary>
    public static string Of(IEnumerable<string> names) => List([.. names.Select(name => $"'{name}'")]);

    /// <summary>The first items, and how many more there are.</summary>
    public static string List(IReadOnlyCollection<string> items)
    {
        var rest = items.Count - MostNamed;
        return items.Count == 0 ? "none"
            : string.Join(", ", items.Take(MostNamed)) + (rest > 0 ? $", and {rest} more" : string.Empty);
    }
}
