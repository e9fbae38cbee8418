namespace Dataverse.Sync.Execution;

/// <summary>The records that this run has processed together with their partners, with the version of each.</summary>
internal sealed class DecidedRecords
{
    private readonly Dictionary<RecordKey, ulong> decided = [];

    public void Note(RecordKey record, string? version) => decided[record] = Fingerprint.OfVersion(version);

    public bool Contains(RecordKey record) => decided.ContainsKey(record);

    /// <summary>Whether the run has processed this version of the record.</summary>
    public bool Contains(RecordKey record, string? version) =>
        version is not null && decided.TryGetValue(record, out var seen) && seen == Fingerprint.OfVersion(version);
}
