namespace Dataverse.Sync.Execution;

/// <summary>Couples the record that a lost insert made after all, and tells how long to wait for one that has not shown up.</summary>
internal sealed class LostInsertAdoption(MappingRunContext run, CommitDraft draft, TimeSpan uncertainWriteWindow)
{
    /// <summary>Couples the source of an insert with the record that it made, as if the answer had come.</summary>
    public async Task AdoptAsync(Intent intent, Guid targetId, CancellationToken cancellationToken)
    {
        var sourceSide = intent.Target.Opposite();
        var earlier = await run.Store.FindAsync(run.Key, sourceSide, [intent.SourceId], cancellationToken).ConfigureAwait(false);
        draft.UncoupledLocalIds.AddRange(earlier.Select(coupling => coupling.LocalId));
        draft.Couplings.Add(Coupling.Between(sourceSide, intent.SourceId, targetId) with { Base = intent.Outcome, SynchronizedOn = run.Now });
        draft.SettledIntents.Add(intent.Id);
        draft.ClearedFailures.Add(new(sourceSide, intent.SourceId));
        run.Job.Count(PlanOutcome.Inserted);
    }

    /// <summary>Whether the service cannot be working on the request any more.</summary>
    public bool IsOver(Intent intent) => run.Now >= EndOf(intent);

    /// <summary>Until when the service may still be working on the request.</summary>
    public DateTimeOffset EndOf(Intent intent) => intent.JournaledOn + uncertainWriteWindow;
}
