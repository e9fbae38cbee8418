namespace Dataverse.Sync.Execution;

/// <summary>The failed records of a mapping, from earlier runs and this one.</summary>
internal sealed class FailureLedger
{
    private readonly Dictionary<RecordKey, RecordFailure> failures = [];
    private readonly HashSet<RecordKey> fresh = [];

    public IReadOnlyCollection<RecordFailure> All => failures.Values;

    public static async Task<FailureLedger> LoadAsync(
        ICouplingStore store, MappingKey key, CancellationToken cancellationToken)
    {
        var ledger = new FailureLedger();
        await foreach (var failure in store.ListFailuresAsync(key, cancellationToken).ConfigureAwait(false))
        {
            ledger.failures[failure.Record] = failure;
        }

        return ledger;
    }

    /// <summary>Returns the failure of a record, or null if it did not fail.</summary>
    public RecordFailure? Of(RecordKey record) => failures.GetValueOrDefault(record);

    /// <summary>Whether a record has failed since the ledger was loaded.</summary>
    public bool HasFailedNow(RecordKey record) => fresh.Contains(record) && failures.ContainsKey(record);

    /// <summary>Lets a record that has failed since the ledger was loaded be tried once more.</summary>
    public void TryAgain(RecordKey record) => fresh.Remove(record);

    /// <summary>
    /// Whether a record is left to a person, because the outcome of an insert that affects it cannot be decided.
    /// </summary>
    public bool IsUndecidable(RecordKey record) => Of(record)?.Error.Code == SyncErrorCodes.OutcomeUndecidable;

    /// <summary>Whether a pair waits until one of its records is within the filter again.</summary>
    public bool WaitsForFilter(Coupling coupling) => failures.Count > 0
        && (WaitsForFilter(new RecordKey(SyncSide.Local, coupling.LocalId))
            || WaitsForFilter(new RecordKey(SyncSide.Integration, coupling.IntegrationId)));

    /// <summary>Whether a record failed because it does not take part: it is outside a filter or of another company.</summary>
    public static bool IsAboutFilter(RecordFailure failure) =>
        failure.Error.Code is SyncErrorCodes.OutsideFilter or SyncErrorCodes.OtherCompany;

    private bool WaitsForFilter(RecordKey record) =>
        Of(record) is { State: RecordFailureState.Waiting } failure && IsAboutFilter(failure);

    /// <summary>Whether no run tries a failed record again by itself.</summary>
    public static bool IsLeftToPerson(RecordFailure failure) =>
        failure.State == RecordFailureState.Skipped || failure.Error.Code == SyncErrorCodes.CoupledRecordDeleted;

    public void Apply(StoreCommit commit)
    {
        foreach (var failure in commit.Failures)
        {
            failures[failure.Record] = failure;
            _ = fresh.Add(failure.Record);
        }

        foreach (var record in commit.ClearedFailures)
        {
            _ = failures.Remove(record);
        }
    }
}
