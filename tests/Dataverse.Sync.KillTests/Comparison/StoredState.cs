using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>What the coupling store holds; read when no worker is alive.</summary>
internal sealed record StoredState(
    IReadOnlyDictionary<string, IReadOnlyList<Coupling>> Couplings,
    IReadOnlyDictionary<string, IReadOnlyList<RecordConflict>> Conflicts,
    IReadOnlyDictionary<string, IReadOnlyList<RecordFailure>> Failures,
    int Intents)
{
    public static async Task<StoredState> ReadAsync(WorkerSettings settings)
    {
        await using var synchronization = new Synchronization(settings);
        var couplings = new Dictionary<string, IReadOnlyList<Coupling>>();
        var conflicts = new Dictionary<string, IReadOnlyList<RecordConflict>>();
        var failures = new Dictionary<string, IReadOnlyList<RecordFailure>>();
        foreach (var pair in TablePair.All)
        {
            couplings[pair.Mapping] = await synchronization.Engine.Couplings.ListAsync(pair.Mapping).ToListAsync();
            conflicts[pair.Mapping] = await synchronization.Engine.Issues.ListConflictsAsync(pair.Mapping).ToListAsync();
            failures[pair.Mapping] = await synchronization.Engine.Issues.ListFailuresAsync(pair.Mapping).ToListAsync();
        }

        return new(couplings, conflicts, failures, await synchronization.CountIntentsAsync(CancellationToken.None));
    }
}
