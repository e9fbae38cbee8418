namespace Dataverse.Sync.Execution;

/// <summary>Splits the filter of a mapping by what its conditions are for.</summary>
internal static class FilterSplit
{
    /// <summary>
    /// Returns the conditions on fields that the mapping sets by a constant. They tell the records of the mapping from
    /// those of another one; the other conditions describe a state that a record can leave.
    /// </summary>
    /// <param name="filter">The filter of a side, or null for none.</param>
    /// <param name="constants">The fields of the side that the mapping sets by a constant.</param>
    /// <returns>The conditions that every record of the mapping passes, or null if there are none.</returns>
    public static RecordFilter? SeparationOf(RecordFilter? filter, HashSet<string> constants)
    {
        List<RecordFilter> separating =
            [.. Conjuncts(filter).Where(condition => condition.Fields.Count > 0 && condition.Fields.All(constants.Contains))];
        return separating.Count switch
        {
            0 => null,
            1 => separating[0],
            _ => RecordFilter.All(separating),
        };
    }

    /// <summary>Returns the filter of the records that pass both filters, either of which may be null for all.</summary>
    public static RecordFilter? Join(RecordFilter? first, RecordFilter? second) =>
        first is null || second is null ? first ?? second : RecordFilter.All([.. Conjuncts(first), second]);

    private static IEnumerable<RecordFilter> Conjuncts(RecordFilter? filter) => filter switch
    {
        null => [],
        AllOf all => all.Filters.SelectMany(Conjuncts),
        _ => [filter],
    };
}
