namespace Dataverse.Sync.Execution;

/// <summary>Finds the records of a side whose version in a key scan is not the one that the engine saw.</summary>
/// <param name="side">The side.</param>
/// <param name="keys">The fingerprint of the version of every record of the side; zero if unknown.</param>
/// <param name="failures">The records that failed.</param>
/// <param name="delivered">The ids that were listed before.</param>
internal sealed class StaleRecords(
    SyncSide side, IReadOnlyDictionary<Guid, ulong> keys, FailureLedger failures, DeliveredKeys delivered)
{
    private readonly Dictionary<Guid, ulong> stale = [];
    private readonly HashSet<Guid> coupled = new(keys.Count);

    public SyncSide Side => side;

    /// <summary>The number of records of the side.</summary>
    public int KeyCount => keys.Count;

    /// <summary>Compares couplings with the keys.</summary>
    public void Take(IReadOnlyList<CouplingVersions> couplings)
    {
        foreach (var coupling in couplings)
        {
            var id = coupling.IdOf(side);
            _ = coupled.Add(id);
            if (keys.TryGetValue(id, out var version) && version != 0
                && SeenVersionOf(coupling) is { } known && known != version)
            {
                stale[id] = known;
            }
        }
    }

    /// <summary>Adds the records without a coupling, after all couplings were compared.</summary>
    /// <returns>The version that was seen, by the id of each record that now has another; zero if none was.</returns>
    public Dictionary<Guid, ulong> Complete()
    {
        var failed = failures.All.Where(failure => failure.Record.Side == side && !coupled.Contains(failure.Record.Id));
        foreach (var failure in failed)
        {
            if (keys.TryGetValue(failure.Record.Id, out var version) && SeenVersionOf(failure) is { } known
                && known != version)
            {
                stale[failure.Record.Id] = known;
            }
        }

        var uncoupled = keys.Keys.Where(id => !coupled.Contains(id) && failures.Of(new(side, id)) is null);
        foreach (var id in delivered.FindUnseen(side, uncoupled))
        {
            stale[id] = 0;
        }

        return stale;
    }

    // Null if the pair was never synchronized, or if a retry or a person will process it.
    private ulong? SeenVersionOf(in CouplingVersions coupling)
    {
        if (!coupling.HasBase)
        {
            return null;
        }

        if (failures.Of(new(side, coupling.IdOf(side))) is { } failure)
        {
            return SeenVersionOf(failure);
        }

        var version = coupling.VersionOf(side);
        var partner = new RecordKey(side.Opposite(), coupling.IdOf(side.Opposite()));
        return version == 0 && failures.Of(partner) is not null ? null : version;
    }

    private static ulong? SeenVersionOf(RecordFailure failure) =>
        failure.Version == 0 || FailureLedger.IsLeftToPerson(failure) ? null : failure.Version;
}
