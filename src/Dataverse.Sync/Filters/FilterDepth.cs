namespace Dataverse.Sync;

/// <summary>Checks that a filter is not too large for a text.</summary>
internal static class FilterDepth
{
    /// <exception cref="InvalidOperationException">
    /// The filter consists of more filters, or has more filters within each other, than a text may contain.
    /// </exception>
    public static void Check(RecordFilter filter)
    {
        var (count, level) = (1, new List<RecordFilter> { filter });
        for (var depth = 0; level.Count > 0; depth++)
        {
            if (depth > FilterLimits.Depth)
            {
                throw new InvalidOperationException(
                    $"The filter has no text, because more than {FilterLimits.Depth} filters are within each other.");
            }

            count += level.Sum(part => PartsOf(part).Count);
            level = count <= FilterLimits.Length ? [.. level.SelectMany(PartsOf)] : throw TooLong();
        }
    }

    /// <summary>Returns the error of a filter whose text would be too long.</summary>
    public static InvalidOperationException TooLong() =>
        new($"The filter has no text, because it would have more than {FilterLimits.Length} characters.");

    private static IReadOnlyList<RecordFilter> PartsOf(RecordFilter filter) => filter switch
    {
        AllOf all => all.Filters,
        AnyOf any => any.Filters,
        Negation negation => [negation.Filter],
        _ => [],
    };
}
