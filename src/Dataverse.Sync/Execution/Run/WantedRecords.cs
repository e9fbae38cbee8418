namespace Dataverse.Sync.Execution;

/// <summary>
/// The records for which the rules are called even if no field is to be written: those that a rule asked for, and those
/// that a rule refused before.
/// </summary>
internal sealed class WantedRecords(FailureLedger failures)
{
    private readonly HashSet<RecordKey> records = [];

    public void AddRange(IEnumerable<RecordKey> wanted) => records.UnionWith(wanted);

    public bool Contains(RecordKey record) => records.Contains(record)
        || failures.Of(record)?.Error.Code == SyncErrorCodes.RefusedByRule;
}
