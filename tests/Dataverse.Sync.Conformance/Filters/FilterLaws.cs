using CsCheck;

namespace Dataverse.Sync.Conformance;

/// <summary>What holds of every filter that a connector is given.</summary>
public static class FilterLaws
{
    /// <summary>
    /// A system selects no less than memory, and with memory exactly as much. A filter that goes through its text, and one
    /// that is evaluated without a schema, select the same.
    /// </summary>
    /// <param name="generator">Generates filters on fields of the table.</param>
    /// <param name="schema">The table.</param>
    /// <param name="read">Reads the records of a filter with all its fields, or all records.</param>
    /// <param name="iterations">How many filters are tried.</param>
    public static async Task CheckAsync(
        FilterGenerator generator, TableSchema schema, Func<RecordFilter?, Task<List<TableRecord>>> read, int iterations)
    {
        var all = await read(null);
        await generator.Filters.SampleAsync(
            async filter =>
            {
                var bound = filter.BindTo(schema);
                var passing = IdsOf(all.Where(bound.Matches));
                var text = RecordFilter.Parse(filter.ToText()).BindTo(schema);

                IdsOf((await read(bound)).Where(bound.Matches)).Should().Equal(passing, filter.ToText());
                IdsOf(all.Where(text.Matches)).Should().Equal(passing, filter.ToText());
                IdsOf((await read(text)).Where(text.Matches)).Should().Equal(passing, filter.ToText());
            },
            iter: iterations,
            threads: 1);
    }

    private static IEnumerable<Guid> IdsOf(IEnumerable<TableRecord> records) => records.Select(record => record.Id).Order();
}
