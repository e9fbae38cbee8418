namespace Dataverse.Sync.Execution;

/// <summary>The records that this run decided about together with their partners, each with the version that it had.</summary>
internal sealed class DecidedRecords
{
    private readonly Dictionary<RecordKey, ulong> decided = [];

    public void Note(RecordKey record, string? version) => decided[record] = Fingerprint.OfVersion(version);

    public bool Contains(RecordKey record) => decided.ContainsKey(record);

    /// <summary>Whether the run decided about the record in the state of this very version.</summary>
    public bool Contains(RecordKey record, string? version) =>
        version is not null && decided.TryGetValue(record, out var seen) && seen == Fingerprint.OfVersion(version);
}
