namespace Dataverse.Sync.Execution;

/// <summary>Couples the record that a lost insert made after all, and tells how long to wait for one that has not shown up.</summary>
internal sealed class LostInsertAdoption(MappingRunContext run, CommitDraft draft, TimeSpan uncertainWriteWindow)
{
    private readonly FailureFactory failures = new(run);

    /// <summary>The records whose counterparts were adopted.</summary>
    public List<RecordKey> Sources { get; } = [];

    /// <summary>Couples the source of an insert with the record that it made, as if the answer had come.</summary>
    public async Task AdoptAsync(Intent intent, TableRecord record, CancellationToken cancellationToken)
    {
        draft.RemovedIntents.Add(intent.Id);
        if (await IsCoupledOtherwiseAsync(intent, cancellationToken).ConfigureAwait(false))
        {
            Report(new(intent.Target, record.Id), UndecidableCreation.OfRecord, record.Version);
            return;
        }

        var sourceSide = intent.Target.Opposite();
        var earlier = await run.Store.FindAsync(run.Key, sourceSide, [intent.SourceId], cancellationToken).ConfigureAwait(false);
        draft.UncoupledLocalIds.AddRange(earlier.Select(coupling => coupling.LocalId));
        draft.Couplings.Add(Coupling.Between(sourceSide, intent.SourceId, record.Id) with { Base = intent.Outcome, SynchronizedOn = run.Now });
        draft.ClearedFailures.Add(new(sourceSide, intent.SourceId));
        Sources.Add(new(sourceSide, intent.SourceId));
        run.Job.Count(PlanOutcome.Inserted);
    }

    /// <summary>Whether somebody has coupled the source of an insert with another record, which exists, so that what the insert made is one too many.</summary>
    public async Task<bool> IsCoupledOtherwiseAsync(Intent intent, CancellationToken cancellationToken)
    {
        var couplings = await run.Store.FindAsync(run.Key, intent.Target.Opposite(), [intent.SourceId], cancellationToken).ConfigureAwait(false);
        return couplings.Count > 0 && (await run.ReadAsync(intent.Target, [couplings[0].IdOf(intent.Target)], cancellationToken).ConfigureAwait(false)).Count > 0;
    }

    /// <summary>Whether the source of an insert has a partner by now, or has lost it and is not to get another one.</summary>
    public async Task<bool> IsNoLongerWantedAsync(Intent intent, CancellationToken cancellationToken)
    {
        var couplings = await run.Store.FindAsync(run.Key, intent.Target.Opposite(), [intent.SourceId], cancellationToken).ConfigureAwait(false);
        return couplings.Count > 0
            && (run.Mapping.Mapping.DeletionPolicy != DeletionPolicy.RestoreRecords || await IsCoupledOtherwiseAsync(intent, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Leaves a record to a person.</summary>
    public void Report(RecordKey record, SyncError error, string? version)
    {
        draft.Failures.Add(failures.Create(record, error, version, needsPerson: true));
        run.Job.AddError(record, error);
        run.Job.Count(PlanOutcome.Failed);
    }

    /// <summary>Whether the service cannot be working on the request any more.</summary>
    public bool IsOver(Intent intent) => run.Now >= EndOf(intent);

    /// <summary>Until when the service may still be working on the request.</summary>
    public DateTimeOffset EndOf(Intent intent) => intent.JournaledOn + uncertainWriteWindow;
}
