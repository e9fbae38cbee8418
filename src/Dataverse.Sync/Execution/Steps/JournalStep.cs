namespace Dataverse.Sync.Execution;

/// <summary>
/// Step 5: chooses the ids of new records and stores an intent for every write of a page before any of them is sent.
/// </summary>
internal sealed class JournalStep(
    RunSettings settings,
    RuleRunner rules,
    NewIds newIds,
    UncertainInserts uncertain,
    PairConflicts conflicts,
    Commits commits)
{
    // An insert that must not be repeated has to leave in time, so that few of them are journaled at once.
    private const int UnrepeatablePartSize = 500;

    private readonly CompiledMapping mapping = settings.Mapping;

    /// <summary>Splits a page into parts that are journaled and written one after the other.</summary>
    public IEnumerable<IReadOnlyList<PlannedPair>> Split(IReadOnlyList<PlannedPair> page) =>
        page.Any(IsUnrepeatable) ? page.Chunk(UnrepeatablePartSize) : [page];

    public async Task<List<PairWrite>> JournalAsync(
        IReadOnlyList<PlannedPair> page, CancellationToken cancellationToken)
    {
        await newIds.PrepareAsync(page, cancellationToken).ConfigureAwait(false);
        var sendBefore = await commits.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
        var unit = commits.Begin();
        var writes = new List<PairWrite>(page.Count);
        foreach (var planned in page)
        {
            writes.Add(await JournalAsync(planned, sendBefore, unit, cancellationToken).ConfigureAwait(false));
        }

        await unit.CommitAsync(cancellationToken).ConfigureAwait(false);
        return writes;
    }

    private async ValueTask<PairWrite> JournalAsync(
        PlannedPair planned, DateTimeOffset sendBefore, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var operations = new Sides<WriteOperation?>(
            OperationFor(planned, SyncSide.Local), OperationFor(planned, SyncSide.Integration));
        foreach (var target in Sides.Both)
        {
            if (operations[target] is not { } operation)
            {
                continue;
            }

            var source = planned.Pair.On(target.Opposite());
            var refusal = await rules.BeforeWriteAsync(target, operation, source, cancellationToken)
                .ConfigureAwait(false);
            if (refusal is not null)
            {
                return new(planned.Pair, refusal, default, default);
            }
        }

        var intents = new Sides<Intent?>(
            Journal(planned, SyncSide.Local, operations, sendBefore, unit),
            Journal(planned, SyncSide.Integration, operations, sendBefore, unit));
        var write = new PairWrite(planned.Pair, planned.Plan, operations, intents);

        // The value that is about to be overwritten is stored first, because it could not be restored after a crash.
        return conflicts.RecordBeforeWrite(write, unit);
    }

    private bool IsUnrepeatable(PlannedPair planned) =>
        planned.Plan.Outcome == PlanOutcome.Inserted
        && !mapping.Schema(planned.Pair.Source.Opposite()).KeepsChosenIds;

    private WriteOperation? OperationFor(PlannedPair planned, SyncSide target)
    {
        var (pair, plan) = planned;
        if (plan.EndsWay)
        {
            return null;
        }

        var isInsert = plan.Outcome == PlanOutcome.Inserted && target == pair.Source.Opposite();
        return isInsert ? InsertOf(planned, target)
            : plan.WritesTo(target).Count > 0 ? UpdateOf(planned, target)
            : null;
    }

    private WriteOperation InsertOf(PlannedPair planned, SyncSide target)
    {
        var reserved = uncertain.ReservedFor(planned.Pair.Key)?.TargetId;
        var id = mapping.Schema(target).KeepsChosenIds ? reserved ?? newIds.IdFor(planned.Pair) : Guid.Empty;
        return new() { Kind = WriteKind.Insert, Id = id, Fields = planned.Plan.WritesTo(target) };
    }

    private static WriteOperation UpdateOf(PlannedPair planned, SyncSide target)
    {
        var record = planned.Pair.On(target)!;
        return new()
        {
            Kind = WriteKind.Update,
            Id = record.Id,
            ExpectedVersion = record.Version,
            Fields = planned.Plan.WritesTo(target),
        };
    }

    // A repeated insert concerns the same record as the first attempt, whose intent stays in the journal. If the two
    // differ, the record may contain what the first one sent, and later edits must count as edits.
    private Intent? Journal(
        PlannedPair planned,
        SyncSide target,
        Sides<WriteOperation?> operations,
        DateTimeOffset sendBefore,
        UnitOfWork unit)
    {
        if (operations[target] is not { } operation)
        {
            return null;
        }

        var isInsert = operation.Kind == WriteKind.Insert;
        if (isInsert && uncertain.ReservedFor(planned.Pair.Key) is { } reserved && reserved.TargetId == operation.Id)
        {
            return unit.Journal(reserved with { SendBefore = sendBefore });
        }

        var outcome = BaseAfterWrite.ComputeJournaled(mapping, planned, operations, target);
        var key = isInsert && mapping.Schema(target).BusinessKeyField is { } field
            ? operation.Fields.ValueOf(field)
            : null;
        var businessKey = key is { IsBlank: false } given ? given.ToString() : null;
        var sourceId = planned.Pair.On(target.Opposite())!.Id;
        return unit.Journal(operation, target, sourceId, sendBefore, outcome, businessKey);
    }
}
