namespace Dataverse.Sync.Execution;

/// <summary>Settles inserts into a system that chooses the ids: the one uncoupled record with the key or content that was sent is adopted, never a second one made.</summary>
internal sealed class ContentSettlement(MappingRunContext run, CommitDraft draft, LostInsertAdoption adoption)
{
    private readonly FailureFactory failures = new(run);

    public async Task SettleAsync(SyncSide side, List<Intent> intents, MappingState state, CancellationToken cancellationToken)
    {
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
                await adoption.AdoptAsync(waiting.Dequeue(), record, cancellationToken).ConfigureAwait(false);
            }

            _ = candidates.RemoveAll(fitting.Contains);
            await HoldOrGiveUpAsync(waiting, candidates, cancellationToken).ConfigureAwait(false);
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
            await AddUncoupledAsync(candidates, side, page.Records, cancellationToken).ConfigureAwait(false);
        }

        // One that was held back before, because it resembles a lost insert, may lie behind the checkpoint by now.
        var heldBack = run.Memory.Failures.Where(failure => failure.Record.Side == side && failure.Error.Code == SyncErrorCodes.OutcomeUndecidable).Select(failure => failure.Record.Id).ToList();
        if (heldBack.Count > 0)
        {
            await AddUncoupledAsync(candidates, side, [.. (await run.ReadAsync(side, heldBack, cancellationToken).ConfigureAwait(false)).Values], cancellationToken).ConfigureAwait(false);
        }

        draft.Couplings.ForEach(coupling => candidates.Remove(coupling.IdOf(side)));
        return [.. candidates.Values];
    }

    private async Task AddUncoupledAsync(Dictionary<Guid, TableRecord> candidates, SyncSide side, IReadOnlyList<TableRecord> records, CancellationToken cancellationToken)
    {
        var coupled = (await run.Store.FindAsync(run.Key, side, [.. records.Select(record => record.Id)], cancellationToken).ConfigureAwait(false))
            .Select(coupling => coupling.IdOf(side)).ToHashSet();
        foreach (var record in records.Where(record => !coupled.Contains(record.Id)))
        {
            candidates[record.Id] = record;
        }
    }

    // Neither side may be taken for new: each would be created on the other side a second time.
    private void ReportUndecidable(IReadOnlyCollection<Intent> intents, IEnumerable<TableRecord> records)
    {
        foreach (var intent in intents)
        {
            adoption.Report(SourceOf(intent), UndecidableCreation.OfSource, version: null);
        }

        draft.RemovedIntents.AddRange(intents.Select(intent => intent.Id));
        ReportRecords(intents.First().Target, records);
    }

    private void ReportRecords(SyncSide side, IEnumerable<TableRecord> records)
    {
        foreach (var record in records)
        {
            adoption.Report(new(side, record.Id), UndecidableCreation.OfRecord, record.Version);
        }
    }

    // Not found proves nothing while the service may still be working on the lost request.
    private async Task HoldOrGiveUpAsync(IEnumerable<Intent> intents, List<TableRecord> candidates, CancellationToken cancellationToken)
    {
        foreach (var intent in intents)
        {
            // What the mapping made passes its filter; others may share much with it, as a person does the address of a company.
            var filter = run.Mapping.Filter(intent.Target);
            var resembling = candidates.FindAll(record => filter?.Matches(record) != false && run.LostInserts.Resembles(record, intent));
            if (!adoption.IsOver(intent))
            {
                Hold(intent);
            }
            else if (await adoption.IsCoupledOtherwiseAsync(intent, cancellationToken).ConfigureAwait(false))
            {
                draft.RemovedIntents.Add(intent.Id);
                ReportRecords(intent.Target, resembling);
            }
            else if (resembling.Count > 0)
            {
                ReportUndecidable([intent], resembling);
            }
            else
            {
                draft.RemovedIntents.Add(intent.Id);
            }
        }
    }

    private void Hold(Intent intent)
    {
        var error = new SyncError(SyncErrorCodes.OutcomeUnknown, "The answer to the record's creation was lost; it is tried again once the service cannot be working on it any more.");
        draft.Failures.Add(failures.Create(SourceOf(intent), error) with { NextTryOn = adoption.EndOf(intent) });
        run.Memory.Hold(SourceOf(intent));
        run.LostInserts.Add(intent);
        run.Job.Count(PlanOutcome.Failed);
    }

    private static RecordKey SourceOf(Intent intent) => new(intent.Target.Opposite(), intent.SourceId);
}
