using Dataverse.Sync;

namespace QuickStart;

/// <summary>The phases of the quick start, in their order.</summary>
internal sealed class Tour(Clouds clouds, SyncEngine engine, Screen screen)
{
    private readonly Colleagues colleagues = new(clouds, engine);
    private readonly List<Phase> phases = [];

    /// <summary>Runs all phases.</summary>
    /// <returns>The phases of the report, in their order.</returns>
    public async Task<IReadOnlyList<Phase>> RunAsync(CancellationToken cancellationToken)
    {
        await DiagnoseAsync(cancellationToken);
        await PreviewAsync(cancellationToken);
        await SynchronizeFullAsync(cancellationToken);
        await SynchronizeAgainAsync(cancellationToken);
        await MergeAsync(cancellationToken);
        var conflicts = await ConflictAsync(cancellationToken);
        await ResolveAsync(conflicts, cancellationToken);
        await DeleteAsync(cancellationToken);
        return phases;
    }

    // Shown only; the phases of the report are runs.
    private async Task DiagnoseAsync(CancellationToken cancellationToken)
    {
        screen.ShowTitle("Diagnosis", "What a run would meet in this set-up. Nothing is written.");
        screen.ShowReport((await engine.DiagnoseAsync(cancellationToken: cancellationToken)).ToReport());
    }

    private async Task PreviewAsync(CancellationToken cancellationToken)
    {
        screen.ShowTitle("Preview", "The writes of a first full synchronization. Nothing is written yet.");
        SyncPreview? preview = null;
        screen.ShowPhase(await RecordAsync("preview", () => screen.WatchAsync(engine.Mappings.All, async progress =>
        {
            preview = await engine.PreviewAsync(SyncJobKind.Full, new() { Progress = progress }, cancellationToken);
            return preview.Jobs;
        })));
        screen.ShowReport(preview!.ToReport());
        screen.ShowOperations(preview.Operations);
    }

    private async Task SynchronizeFullAsync(CancellationToken cancellationToken)
    {
        screen.ShowTitle("Full synchronization", "Records that match are coupled. The others are created on the other side.");
        screen.ShowPhase(await RecordAsync("full", () => screen.WatchAsync(
            engine.Mappings.All,
            progress => engine.SynchronizeFullAsync(new SyncRunOptions { Progress = progress }, cancellationToken))));
        var failures = new List<(string Mapping, RecordFailure Failure)>();
        foreach (var mapping in engine.Mappings.All)
        {
            await foreach (var failure in engine.Issues.ListFailuresAsync(mapping.Name, cancellationToken))
            {
                failures.Add((mapping.Name, failure));
            }
        }

        screen.ShowFailures(failures);
    }

    private async Task SynchronizeAgainAsync(CancellationToken cancellationToken)
    {
        screen.ShowTitle("Again", "Nothing was edited. The engine reads the changes of both services and finds only its own writes.");
        screen.ShowPhase(await RecordModifiedAsync("again", cancellationToken));
    }

    private async Task MergeAsync(CancellationToken cancellationToken)
    {
        screen.ShowTitle("Merge", "The same records are edited in both services, but in different fields. Both edits are kept.");
        var edits = await colleagues.EditDifferentFieldsAsync(cancellationToken);
        screen.ShowPhase(await RecordModifiedAsync("modified", cancellationToken));
        screen.ShowEdits(edits);
    }

    private async Task<IReadOnlyList<(string Mapping, RecordConflict Conflict)>> ConflictAsync(CancellationToken cancellationToken)
    {
        screen.ShowTitle("Conflict", "One field is edited differently in both services. No value is overwritten; the conflict is recorded.");
        var edits = await colleagues.EditSameFieldAsync(cancellationToken);
        screen.ShowPhase(await RecordModifiedAsync("conflict", cancellationToken));
        var conflicts = new List<(string Mapping, RecordConflict Conflict)>();
        foreach (var mapping in edits.Select(edit => edit.Pair.Mapping).Distinct())
        {
            await foreach (var conflict in engine.Issues.ListConflictsAsync(mapping, cancellationToken: cancellationToken))
            {
                conflicts.Add((mapping, conflict));
            }
        }

        screen.ShowConflicts(conflicts, edits);
        return conflicts;
    }

    private async Task ResolveAsync(IReadOnlyList<(string Mapping, RecordConflict Conflict)> conflicts, CancellationToken cancellationToken)
    {
        screen.ShowTitle("Resolved", "A person chooses the value of Business Central.");
        screen.ShowPhase(await RecordAsync("resolved", async () =>
        {
            var jobs = new List<SyncJob>();
            foreach (var (mapping, conflict) in conflicts)
            {
                jobs.Add(await engine.Issues.ResolveAsync(mapping, conflict.Id, SyncSide.Local, cancellationToken));
            }

            return jobs;
        }));
    }

    // Shown only; the report ends with the resolved conflict.
    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        screen.ShowTitle("Deletion", "A contact is deleted in Dataverse. The deletion policy of the mapping deletes its partner as well.");
        engine.Mappings.Change(StandardMappingNames.Contact, mapping => mapping.OnDeletion(DeletionPolicy.DeleteRecord));
        var deleted = await colleagues.DeleteContactAsync(cancellationToken);
        screen.ShowPhase(await MeasureAsync("deletion", async () => [await engine.SynchronizeTableAsync(StandardMappingNames.Contact, cancellationToken: cancellationToken)]));
        screen.ShowDeletion(deleted);
        engine.Mappings.Reset(StandardMappingNames.Contact);
    }

    private Task<Phase> RecordModifiedAsync(string name, CancellationToken cancellationToken) =>
        RecordAsync(name, () => engine.SynchronizeModifiedAsync(cancellationToken: cancellationToken));

    private async Task<Phase> RecordAsync(string name, Func<Task<IReadOnlyList<SyncJob>>> run)
    {
        var phase = await MeasureAsync(name, run);
        phases.Add(phase);
        return phase;
    }

    private async Task<Phase> MeasureAsync(string name, Func<Task<IReadOnlyList<SyncJob>>> run)
    {
        var (requests, writes) = (Traffic.RequestsOf(clouds), Traffic.WritesOf(clouds));
        var jobs = await run();
        var counters = engine.Mappings.All.Select(mapping => KeyValuePair.Create(
            mapping.Name,
            jobs.Where(job => job.Key.Mapping == mapping.Name).Aggregate(SyncCounters.None, (sum, job) => sum + job.Counters)));
        return new(name, [.. counters], Traffic.RequestsOf(clouds) - requests, Traffic.WritesOf(clouds) - writes);
    }
}
