namespace Dataverse.Sync;

/// <summary>How many records of a mapping are in trouble.</summary>
/// <param name="Failed">Records that are tried again: <see cref="RecordFailureState.Failed"/>.</param>
/// <param name="Waiting">Records that wait for another one: <see cref="RecordFailureState.Waiting"/>.</param>
/// <param name="Skipped">Records that wait for a person: <see cref="RecordFailureState.Skipped"/>.</param>
/// <param name="Doubtful">Records whose partner is doubtful: <see cref="RecordFailureState.Doubtful"/>.</param>
/// <param name="OpenConflicts">Conflicts that are neither resolved nor lapsed.</param>
public sealed record IssueCounts(long Failed, long Waiting, long Skipped, long Doubtful, long OpenConflicts)
{
    /// <summary>Makes the counts of failures by state. Other states are not counted.</summary>
    /// <param name="failures">The number of failures of each state.</param>
    /// <param name="openConflicts">The number of open conflicts.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="failures"/> is null.</exception>
    public static IssueCounts Of(IReadOnlyDictionary<RecordFailureState, long> failures, long openConflicts)
    {
        ArgumentNullException.ThrowIfNull(failures);
        return new(
            failures.GetValueOrDefault(RecordFailureState.Failed),
            failures.GetValueOrDefault(RecordFailureState.Waiting),
            failures.GetValueOrDefault(RecordFailureState.Skipped),
            failures.GetValueOrDefault(RecordFailureState.Doubtful),
            openConflicts);
    }
}
