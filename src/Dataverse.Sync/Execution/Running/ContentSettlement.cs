namespace Dataverse.Sync.Execution;

/// <summary>Settles inserts into a system that chooses the ids: the one uncoupled record with the key or content that was sent is adopted, never a second one made.</summary>
internal sealed class ContentSettlement(MappingRunContext run, CommitDraft draft, LostInsertAdoption adoption)
{
    private readonly FailureFactory failures = new(run);

    public async Task SettleAsync(SyncSide side, List<Intent> intents, MappingState state, CancellationToken cancellationToken)
    {
        if (intents.Count == 0)
        {
            return;
        }

        var candidates = await ReadCandidatesAsync(side, state, cancellationToken).ConfigureAwait(false);
        foreach (var alike in intents.GroupBy(intent => (intent.Outcome, intent.BusinessKey)))
        {
            var fitting = candidates.FindAll(record => run.LostInserts.IsMadeBy(record, alike.First()));
            var waiting = new Queue<Intent>(alike);
            if (fitting.Count > waiting.Count)
            {
                ReportUndecidable(waiting, fitting);
                continue;
            }

            foreach (var record in fitting)
            {
                await adoption.AdoptAsync(waiting.Dequeue(), record.Id, cancellationToken).ConfigureAwait(false);
            }

            _ = candidates.RemoveAll(fitting.Contains);
            HoldOrGiveUp(waiting, candidates);
        }
    }

    private async Task<List<TableRecord>> ReadCandidatesAsync(SyncSide side, MappingState state, CancellationToken cancellationToken)
    {
        var candidates = new Dictionary<Guid, TableRecord>();
        var query = new ChangeQuery
        {
            Table = run.Mapping.Schema(side).Name,
            Fields = run.Mapping.ReadFields(side),
            Since = side == SyncSide.Local ? state.Local : state.Integration,
        };
        await foreach (var page in run.On(side).ReadChangesAsync(query, cancellationToken).ConfigureAwait(false))
        {
            var coupled = (await run.Store.FindAsync(run.Key, side, [.. page.Records.Select(record => record.Id)], cancellationToken).ConfigureAwait(false))
                .Select(coupling => coupling.IdOf(side)).ToHashSet();
            foreach (var record in page.Records.Where(record => !coupled.Contains(record.Id)))
            {
                candidates[record.Id] = record;
            }
        }

        // One that was held back before, because it resembles a lost insert, may lie behind the checkpoint by now.
        var heldBack = run.Memory.Failures.Where(failure => failure.Record.Side == side && failure.Error.Code == SyncErrorCodes.OutcomeUndecidable).Select(failure => failure.Record.Id).ToList();
        foreach (var record in heldBack.Count == 0 ? [] : (await run.ReadAsync(side, heldBack, cancellationToken).ConfigureAwait(false)).Values.ToList())
        {
            candidates[record.Id] = record;
        }

        return [.. candidates.Values];
    }

    // Neither side may be taken for new: each would be created on the other side a second time.
    private void ReportUndecidable(IReadOnlyCollection<Intent> intents, IEnumerable<TableRecord> records)
    {
        foreach (var intent in intents)
        {
            draft.SettledIntents.Add(intent.Id);
            Report(new(intent.Target.Opposite(), intent.SourceId), UndecidableCreation.OfSource, version: null);
        }

        foreach (var record in records)
        {
            Report(new(intents.First().Target, record.Id), UndecidableCreation.OfRecord, record.Version);
        }
    }

    private void Report(RecordKey record, SyncError error, string? version)
    {
        draft.Failures.Add(failures.Create(record, error, version, needsPerson: true));
        run.Job.AddError(record, error);
        run.Job.Count(PlanOutcome.Failed);
    }

    // Not found proves nothing while the service may still be working on the lost request.
    private void HoldOrGiveUp(IEnumerable<Intent> intents, List<TableRecord> candidates)
    {
        foreach (var intent in intents)
        {
            var source = new RecordKey(intent.Target.Opposite(), intent.SourceId);
            if (adoption.IsOver(intent))
            {
                var resembling = candidates.FindAll(record => run.LostInserts.Resembles(record, intent));
                if (resembling.Count > 0)
                {
                    ReportUndecidable([intent], resembling);
                }

                draft.SettledIntents.Add(intent.Id);
                continue;
            }

            var error = new SyncError(SyncErrorCodes.OutcomeUnknown, "The answer to the record's creation was lost; it is tried again once the service cannot be working on it any more.");
            draft.Failures.Add(failures.Create(source, error) with { NextTryOn = adoption.EndOf(intent) });
            run.Memory.Hold(source);
            run.LostInserts.Add(intent);
            run.Job.Count(PlanOutcome.Failed);
        }
    }
}
