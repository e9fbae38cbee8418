using Dataverse.Sync.KillTests.Worker;

namespace Dataverse.Sync.KillTests;

/// <summary>What the coupling file holds; read when no worker is alive.</summary>
internal sealed record StoredState(
    IReadOnlyDictionary<string, IReadOnlyList<Coupling>> Couplings, IReadOnlyDictionary<string, IReadOnlyList<RecordConflict>> Conflicts, int Intents)
{
    public static async Task<StoredState> ReadAsync(WorkerSettings settings)
    {
        await using var synchronization = new Synchronization(settings);
        var couplings = new Dictionary<string, IReadOnlyList<Coupling>>();
        var conflicts = new Dictionary<string, IReadOnlyList<RecordConflict>>();
        foreach (var pair in TablePair.All)
        {
            couplings[pair.Mapping] = await synchronization.Engine.Couplings.ListAsync(pair.Mapping).ToListAsync();
            conflicts[pair.Mapping] = await synchronization.Engine.Issues.ListConflictsAsync(pair.Mapping).ToListAsync();
        }

        return new(couplings, conflicts, await synchronization.CountIntentsAsync(CancellationToken.None));
    }
}
