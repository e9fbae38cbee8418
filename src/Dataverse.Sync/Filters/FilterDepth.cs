namespace Dataverse.Sync;

/// <summary>Measures how deep filters are nested.</summary>
internal static class FilterDepth
{
    /// <exception cref="InvalidOperationException">More filters are within each other than a text may contain.</exception>
    public static void Check(RecordFilter filter)
    {
        var level = new List<RecordFilter> { filter };
        for (var depth = 0; level.Count > 0; depth++)
        {
            if (depth > FilterLimits.Depth)
            {
                throw new InvalidOperationException(
                    $"The filter has no text, because more than {FilterLimits.Depth} filters are within each other.");
            }

            level = [.. level.SelectMany(PartsOf)];
        }
    }

    private static IReadOnlyList<RecordFilter> PartsOf(RecordFilter filter) => filter switch
    {
        AllOf all => all.Filters,
        AnyOf any => any.Filters,
        Negation negation => [negation.Filter],
        _ => [],
    };
}
