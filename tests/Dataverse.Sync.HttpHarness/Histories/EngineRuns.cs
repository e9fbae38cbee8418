namespace Dataverse.Sync.HttpHarness;

/// <summary>Runs of the engine, each in the current process until that is killed or suspended.</summary>
internal sealed class EngineRuns(World world, Features features)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Queue<(EngineProcess Process, Task Run)> suspended = new();
    private readonly List<KeptValue> kept = [];
    private EngineProcess? current;

    /// <summary>Whether a run that throws is a fault, because nothing disturbs it.</summary>
    public bool MustSucceed { get; set; }

    /// <summary>Whether the last run skipped records, which it reads again while they are the newest.</summary>
    public bool HasSkipped { get; private set; }

    /// <summary>Values that were kept in conflicts of a coupling file that was replaced.</summary>
    public IReadOnlyList<KeptValue> KeptBefore => kept;

    public EngineProcess Current => current ??= world.StartProcess();

    public Task ModifiedAsync(SyncRunOptions options) =>
        RunAsync("modified records", async engine => await engine.SynchronizeModifiedAsync(options));

    public Task FullAsync(SyncRunOptions options) =>
        RunAsync("full", async engine => await engine.SynchronizeFullAsync(options));

    public Task TableAsync(string mapping) =>
        RunAsync($"table {mapping}", async engine => [await engine.SynchronizeTableAsync(mapping)]);

    public Task MatchAsync(string mapping) =>
        RunAsync($"match {mapping}", async engine => [await engine.Couplings.MatchAsync(mapping)]);

    public Task RecordsAsync(EntityKind kind, Random random)
    {
        var side = random.Pick(SyncSide.Local, SyncSide.Integration);
        var ids = Screen.Read(world).Rows.Where(row => row.Kind == kind && row.Side == side).Select(row => row.Id)
            .OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToList();
        return ids.Count == 0
            ? Task.CompletedTask
            : RunAsync(
                $"records of {kind.Mapping}, {side} {string.Join(' ', ids)}",
                async engine => [AnswerFor(ids.Count, await engine.SynchronizeRecordsAsync(kind.Mapping, side, ids))]);
    }

    public async Task PreviewAsync(SyncJobKind kind)
    {
        var wasFaulty = world.Line.IsFaulty;
        var meanwhile = world.Line.Meanwhile;
        (world.Line.IsFaulty, world.Line.Meanwhile) = (false, null);
        world.Line.ResetCounters();
        await RunAsync($"preview {kind}", async engine => (await engine.PreviewAsync(kind)).Jobs);
        (world.Line.IsFaulty, world.Line.Meanwhile) = (wasFaulty, meanwhile);
        if (world.Line.Writes > 0)
        {
            throw new ViolationException($"A preview sent {world.Line.Writes} writes.");
        }
    }

    /// <summary>Lets the process that was suspended first go on, beside the current one.</summary>
    public async Task ResumeAsync()
    {
        if (suspended.TryDequeue(out var item))
        {
            world.Trace($"process {item.Process.Number} resumes");
            item.Process.Resume();
            await FinishAsync(item.Process, item.Run);
            item.Process.Kill();
        }
    }

    public async Task ResumeAllAsync()
    {
        while (suspended.Count > 0)
        {
            await ResumeAsync();
        }
    }

    public void Restart()
    {
        world.Trace("restart");
        current?.Kill();
        current = null;
    }

    /// <summary>Copies the coupling file, or puts the last copy back.</summary>
    public async Task BackUpOrRestoreAsync()
    {
        await KeepConflictsAsync();
        Restart();
        suspended.Clear();
        world.StopProcesses();
        if (File.Exists(world.BackupFile))
        {
            world.Trace("an older coupling file is put back");
            File.Move(world.BackupFile, world.StoreFile, overwrite: true);
        }
        else if (File.Exists(world.StoreFile))
        {
            world.Trace("the coupling file is copied");
            File.Copy(world.StoreFile, world.BackupFile);
        }
    }

    /// <summary>Adds the records whose coupling is stored.</summary>
    public async Task NoteSettledAsync(HashSet<Guid> settled)
    {
        foreach (var kind in Kinds.All)
        {
            await foreach (var coupling in Current.Engine.Couplings.ListAsync(kind.Mapping))
            {
                _ = settled.Add(coupling.LocalId);
                _ = settled.Add(coupling.IntegrationId);
            }
        }
    }

    public async Task RunAsync(string name, Func<SyncEngine, Task<IReadOnlyList<SyncJob>>> start)
    {
        var process = Current;
        HasSkipped = false;
        world.Trace($"process {process.Number}: {name}");
        await FinishAsync(process, Task.Run(() => WatchAsync(name, start(process.Engine))));
    }

    private async Task FinishAsync(EngineProcess process, Task run)
    {
        var interruption = process.Interruption;
        var first = await Task.WhenAny(interruption, run, Task.Delay(Patience));
        if (first == run)
        {
            await run;
        }
        else if (first == interruption)
        {
            NoteInterruption(process, run);
        }
        else
        {
            throw new ViolationException($"Process {process.Number} does not go on.");
        }
    }

    private void NoteInterruption(EngineProcess process, Task run)
    {
        world.Trace($"process {process.Number} is {(process.IsDead ? "killed" : "suspended")}");
        if (process.IsSuspended)
        {
            suspended.Enqueue((process, run));
        }

        current = current == process ? null : current;
    }

    private async Task WatchAsync(string name, Task<IReadOnlyList<SyncJob>> run)
    {
        try
        {
            foreach (var job in await run)
            {
                Note(job);
            }
        }
        catch (SyncRunException stopped) when (stopped.InnerExceptions.FirstOrDefault(inner => inner is not SyncException) is { } defect)
        {
            throw defect as ViolationException ?? new ViolationException($"A run ({name}) threw {defect}");
        }
        catch (SyncException failure)
        {
            world.Trace($"  {name} ended with {failure.GetType().Name}: {failure.Message}");
            if (MustSucceed)
            {
                throw new ViolationException($"An undisturbed run ({name}) ended with {failure.GetType().Name}: {failure.Message}");
            }
        }
        catch (Exception defect) when (defect is not ViolationException)
        {
            throw new ViolationException($"A run ({name}) threw {defect}");
        }
    }

    private void Note(SyncJob job)
    {
        HasSkipped |= job.Counters.Skipped > 0;
        var counters = job.Counters.Named().Where(counter => counter.Value > 0).Select(counter => $"{counter.Key} {counter.Value}");
        world.Trace($"  {job.Key.Mapping}: {job.Status} {string.Join(", ", counters)} {job.Message}");
        if (MustSucceed && job.Status != SyncJobStatus.Finished)
        {
            throw new ViolationException($"An undisturbed run of {job.Key.Mapping} ended {job.Status}: {job.Message}");
        }
    }

    private SyncJob AnswerFor(int records, SyncJob job)
    {
        var counters = job.Counters;
        var told = counters.Inserted + counters.Modified + counters.Deleted + counters.Unchanged + counters.Skipped
            + counters.Failed + counters.Conflicted + counters.Uncoupled;
        return told > 0 || !features.Answers || job.Status != SyncJobStatus.Finished
            ? job
            : throw new ViolationException($"A run of {records} named records of {job.Key.Mapping} tells nothing about them.");
    }

    private async Task KeepConflictsAsync() =>
        kept.AddRange((await KeptValue.ReadAsync(Current.Engine)).Select(value => value with { IsOpen = false }));
}
