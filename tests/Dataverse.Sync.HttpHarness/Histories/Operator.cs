namespace Dataverse.Sync.HttpHarness;

/// <summary>The person who looks after the synchronization.</summary>
internal sealed class Operator(World world, EngineRuns runs, Random random)
{
    /// <summary>Both ids of the pairs whose deleted record was created again by a decision.</summary>
    public HashSet<Guid> Restored { get; } = [];

    /// <summary>Resolves one open conflict.</summary>
    public async Task ResolveSomeAsync()
    {
        foreach (var kind in Kinds.All)
        {
            var open = await runs.Current.Engine.Issues.ListConflictsAsync(kind.Mapping).ToListAsync();
            if (open.Count > 0)
            {
                await ResolveAsync(kind, random.Pick(open));
                return;
            }
        }
    }

    /// <summary>Resolves every open conflict.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> ResolveAllAsync()
    {
        var any = false;
        foreach (var kind in Kinds.All)
        {
            foreach (var conflict in await runs.Current.Engine.Issues.ListConflictsAsync(kind.Mapping).ToListAsync())
            {
                any = true;
                await ResolveAsync(kind, conflict);
            }
        }

        return any;
    }

    public async Task RetrySomeAsync()
    {
        foreach (var kind in Kinds.All)
        {
            var failures = await runs.Current.Engine.Issues.ListFailuresAsync(kind.Mapping)
                .Where(failure => failure.Error.Code != SyncErrorCodes.OutcomeUndecidable).ToListAsync();
            if (failures.Count > 0)
            {
                await RetryAsync(kind, random.Pick(failures).Record);
                return;
            }
        }
    }

    /// <summary>Decides what the engine left to a person: creations that it cannot recognize.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> SettleAsync()
    {
        var any = false;
        foreach (var kind in Kinds.All)
        {
            var failures = await runs.Current.Engine.Issues.ListFailuresAsync(kind.Mapping)
                .Where(failure => failure.Error.Code == SyncErrorCodes.OutcomeUndecidable).ToListAsync();
            foreach (var failure in failures)
            {
                any = true;
                await SettleAsync(kind, failure.Record);
            }
        }

        return any;
    }

    private async Task SettleAsync(EntityKind kind, RecordKey record)
    {
        var screen = Screen.Read(world);
        var shown = screen.Rows.FirstOrDefault(row => row.Kind == kind && row.Side == record.Side && row.Id == record.Id);
        var other = record.Side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
        var partner = shown is null ? null : screen.Of(shown.Marker, other).FirstOrDefault();
        if (partner is null)
        {
            await RetryAsync(kind, record);
            return;
        }

        var (local, integration) = record.Side == SyncSide.Local ? (record.Id, partner.Id) : (partner.Id, record.Id);
        await runs.RunAsync($"couple {shown!.Marker}", async engine =>
        {
            _ = await engine.Couplings.CoupleAsync(kind.Mapping, local, integration);
            return [await engine.SynchronizeRecordAsync(kind.Mapping, record.Side, record.Id)];
        });
    }

    private Task RetryAsync(EntityKind kind, RecordKey record) => runs.RunAsync(
        $"retry {record.Side} {record.Id}",
        async engine => [await engine.Issues.RetryAsync(kind.Mapping, record.Side, [record.Id])]);

    private Task ResolveAsync(EntityKind kind, RecordConflict conflict)
    {
        var winner = random.Pick(SyncSide.Local, SyncSide.Integration);
        if (conflict.Kind != ConflictKind.Update)
        {
            Restored.UnionWith([conflict.LocalId, conflict.IntegrationId]);
        }

        return runs.RunAsync(
            $"resolve {conflict.Kind} {conflict.LocalId} {conflict.IntegrationId}: {winner}",
            async engine => [await engine.Issues.ResolveAsync(kind.Mapping, conflict.Id, winner)]);
    }
}
