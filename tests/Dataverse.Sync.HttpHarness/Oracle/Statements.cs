namespace Dataverse.Sync.HttpHarness;

/// <summary>What the engine tells about records: kept values, failures, and open deletion conflicts.</summary>
internal sealed record Statements(
    IReadOnlyList<KeptValue> Kept, IReadOnlyList<RecordFailure> Failures, IReadOnlySet<Guid> OpenDeletions)
{
    public static async Task<Statements> ReadAsync(SyncEngine engine, IReadOnlyList<KeptValue> keptBefore)
    {
        var failures = new List<RecordFailure>();
        var deletions = new HashSet<Guid>();
        foreach (var kind in Kinds.All)
        {
            failures.AddRange(await engine.Issues.ListFailuresAsync(kind.Mapping).ToListAsync());
            await foreach (var conflict in engine.Issues.ListConflictsAsync(kind.Mapping))
            {
                if (conflict.Kind != ConflictKind.Update)
                {
                    deletions.UnionWith([conflict.LocalId, conflict.IntegrationId]);
                }
            }
        }

        return new([.. await KeptValue.ReadAsync(engine), .. keptBefore], failures, deletions);
    }
}
