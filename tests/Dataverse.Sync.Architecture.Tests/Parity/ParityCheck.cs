namespace Dataverse.Sync.Architecture.Tests;

/// <summary>What is wrong with the rows of the parity page, the tests that name them, and the lines about differences.</summary>
internal static class ParityCheck
{
    /// <summary>Every problem, with the id of the row.</summary>
    /// <param name="rows">The rows of the parity page.</param>
    /// <param name="differences">The ids that the page about differences names.</param>
    /// <param name="tests">The tests that name ids.</param>
    public static IReadOnlyList<string> Problems(
        IReadOnlyList<ParityRow> rows, IReadOnlyCollection<string> differences, IReadOnlyCollection<ParityTest> tests)
    {
        var known = rows.Select(row => row.Id).ToHashSet(StringComparer.Ordinal);
        var told = differences.ToHashSet(StringComparer.Ordinal);
        var tested = tests.Where(test => test.IsRun).Select(test => test.Id).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. rows.CountBy(row => row.Id).Where(id => id.Value > 1).Select(id => $"{id.Key}: is the id of {id.Value} rows."),
            .. rows.Where(row => !told.Contains(row.Id) && !tested.Contains(row.Id))
                .Select(row => $"{row.Id}: no test and no line about differences names the row."),
            .. rows.Where(row => row.Mark is "otherwise" or "no" && !told.Contains(row.Id) && tested.Contains(row.Id))
                .Select(row => $"{row.Id}: is marked '{row.Mark}', but no line about differences names the row."),
            .. told.Where(id => !known.Contains(id)).Select(id => $"{id}: is named by a line about differences, but no row has this id."),
            .. tests.Where(test => !known.Contains(test.Id)).Select(test => $"{test.Id}: is named by {test.Name}, but no row has this id."),
            .. tests.Where(test => !test.IsRun).Select(test => $"{test.Id}: {test.Name} is no test that is run."),
        ];
    }
}
