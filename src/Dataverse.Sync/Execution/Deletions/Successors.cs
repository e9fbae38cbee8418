namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the record that was created in the place of a deleted one: it matches the survivor of the pair, and was held
/// because the survivor was still coupled.
/// </summary>
internal sealed class Successors(FailureLedger failures, MappingTables tables, FilterGate gate)
{
    private readonly HashSet<RecordKey> ineligible = [];

    /// <summary>
    /// Reads the records that match the survivors of some pairs. One may be gone, outside its filter, or of another
    /// company by now, which no change of it has told.
    /// </summary>
    public async Task ReadAsync(IReadOnlyList<MissingRecord> missing, CancellationToken cancellationToken)
    {
        foreach (var group in missing.SelectMany(FailuresOf).Select(failure => failure.Record).Distinct()
            .GroupBy(record => record.Side).ToList())
        {
            var ids = group.Select(record => record.Id).ToList();
            var records = await tables.ReadAllAsync(group.Key, ids, cancellationToken).ConfigureAwait(false);
            ineligible.UnionWith(group.Where(record =>
                !records.TryGetValue(record.Id, out var found) || !gate.IsInside(group.Key, found)));
        }
    }

    /// <summary>Returns the records that match the survivor of a pair whose other record is gone.</summary>
    public List<RecordFailure> Of(MissingRecord missing) =>
        [.. FailuresOf(missing).Where(failure => !ineligible.Contains(failure.Record))];

    /// <summary>Whether nothing but the deleted record stood between a successor and the survivor.</summary>
    public static bool IsOnly(RecordFailure successor, MissingRecord missing) =>
        successor.Candidates.All(candidate =>
            candidate.Record == missing.SurvivorKey || candidate.Record == missing.Key);

    private IEnumerable<RecordFailure> FailuresOf(MissingRecord missing) =>
        failures.All.Where(failure => failure.State == RecordFailureState.Doubtful
            && failure.Error.Code == SyncErrorCodes.DoubtfulMatch
            && failure.Record.Side == missing.Side
            && failure.Candidates.Any(candidate => candidate.Record == missing.SurvivorKey));
}
