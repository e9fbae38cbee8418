namespace Dataverse.Sync.Execution;

/// <summary>Finds the rows of a file that decide differently about one record.</summary>
internal static class Contradictions
{
    /// <summary>Returns, for each row that contradicts another one, the number of the other row.</summary>
    public static Dictionary<DecisionRow, int> Find(IReadOnlyList<DecisionRow> rows)
    {
        var claims = rows.SelectMany(row => Claimed(row).Select(record => (Record: record, Row: row)))
            .ToLookup(claim => claim.Record, claim => claim.Row);
        var contradictions = new Dictionary<DecisionRow, int>(ReferenceEqualityComparer.Instance);
        foreach (var row in rows)
        {
            var meaning = Meaning(row);
            var other = Claimed(row).SelectMany(record => claims[record])
                .FirstOrDefault(claim => !Meaning(claim).Equals(meaning));
            if (other is not null)
            {
                contradictions[row] = other.Row;
            }
        }

        return contradictions;
    }

    private static IEnumerable<RecordKey> Claimed(DecisionRow row) =>
        row.Pair is { } pair ? [pair.Local, pair.Integration] : [row.Record!.Value];

    private static object Meaning(DecisionRow row) => row.Pair is { } pair ? pair : (row.Record!.Value, row.Decision);
}
