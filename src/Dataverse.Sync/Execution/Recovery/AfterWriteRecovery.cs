namespace Dataverse.Sync.Execution;

/// <summary>
/// Tells the rules about writes that recovery finds to be applied: those of a run that died before it told them, and
/// those about which a rule failed.
/// </summary>
/// <remarks>
/// The rules are told at least once, before the entry is removed from the journal. A process that dies in between tells
/// them again.
/// </remarks>
/// <param name="settings">The settings of the run.</param>
/// <param name="tables">The two tables.</param>
/// <param name="couplings">The couplings.</param>
/// <param name="failures">The failed records.</param>
/// <param name="rules">The rules.</param>
/// <param name="prove">Returns those of the records that are proved to be deleted.</param>
internal sealed class AfterWriteRecovery(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    FailureLedger failures,
    RuleRunner rules,
    Func<SyncSide, IEnumerable<Guid>, CancellationToken, Task<HashSet<Guid>>> prove)
{
    private readonly CompiledMapping mapping = settings.Mapping;

    /// <summary>Tells the rules about the writes whose entries recovery removes.</summary>
    /// <returns>The sources of the writes, which may have been edited since.</returns>
    public async Task<IReadOnlyList<RecordKey>> RunAsync(
        IReadOnlyList<Intent> intents, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var told = new List<RecordKey>();
        if (rules.AreObserving)
        {
            foreach (var group in intents.Where(unit.IsCompleted).GroupBy(intent => intent.Target))
            {
                await RunAsync(group.Key, [.. group], told, unit, cancellationToken).ConfigureAwait(false);
            }
        }

        return told;
    }

    private async Task RunAsync(
        SyncSide target,
        List<Intent> intents,
        List<RecordKey> told,
        UnitOfWork unit,
        CancellationToken cancellationToken)
    {
        var partners = await FindPartnersAsync(target, intents, unit, cancellationToken).ConfigureAwait(false);
        var ids = intents.Select(intent => TargetIdOf(intent, partners)).Distinct().ToList();
        var records = await tables.ReadAllAsync(target, ids, cancellationToken).ConfigureAwait(false);
        var sourceIds = intents.Select(intent => intent.SourceId).Distinct().ToList();
        var sources = await tables.ReadAllAsync(target.Opposite(), sourceIds, cancellationToken).ConfigureAwait(false);
        var gone = await FindGoneAsync(target, intents, records, cancellationToken).ConfigureAwait(false);
        foreach (var intent in intents)
        {
            var id = TargetIdOf(intent, partners);
            var record = records.GetValueOrDefault(id);
            var isApplied = intent.Kind switch
            {
                WriteKind.Insert => record is not null && partners.ContainsKey(intent.SourceId),
                WriteKind.Update => record is not null && IsWritten(intent, record, partners),
                _ => gone.Contains(id),
            };
            if (!isApplied)
            {
                continue;
            }

            var source = sources.GetValueOrDefault(intent.SourceId);
            await TellAsync(intent, id, record, source, told, unit, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TellAsync(
        Intent intent,
        Guid id,
        TableRecord? record,
        TableRecord? source,
        List<RecordKey> told,
        UnitOfWork unit,
        CancellationToken cancellationToken)
    {
        var key = intent.SourceKey();
        var error = failures.Of(key) is { State: RecordFailureState.Skipped } skipped
            && !settings.Options.RetriesAllFailures
                ? skipped.Error
                : await TellAsync(intent, id, record, source, cancellationToken).ConfigureAwait(false);
        if (error is null && intent.Kind == WriteKind.Delete)
        {
            unit.Clear(key);
            return;
        }

        if (error is null)
        {
            told.Add(key);
            return;
        }

        unit.JournalAgain(intent, id);
        if (!ReferenceEquals(error, failures.Of(key)?.Error))
        {
            unit.Fail(key, new(error, source?.Version));
            unit.Count(key, PlanOutcome.Failed);
        }
    }

    private ValueTask<SyncError?> TellAsync(
        Intent intent, Guid id, TableRecord? record, TableRecord? source, CancellationToken cancellationToken)
    {
        var operation = new WriteOperation { Kind = intent.Kind, Id = id, Fields = [] };
        var result = new WriteResult
        {
            Status = WriteStatus.Applied,
            Id = id,
            Version = record?.Version,
            Record = record,
        };
        return rules.AfterWriteAsync(intent.Target, operation, result, source, cancellationToken);
    }

    // The couplings by the id of the source, as they are after the recovery.
    private async Task<Dictionary<Guid, Coupling>> FindPartnersAsync(
        SyncSide target, List<Intent> intents, UnitOfWork unit, CancellationToken cancellationToken)
    {
        var side = target.Opposite();
        var ids = intents.Select(intent => intent.SourceId).Distinct().ToList();
        var found = await couplings.FindAllAsync(side, ids, cancellationToken).ConfigureAwait(false);
        var partners = found.ToDictionary(coupling => coupling.IdOf(side));
        foreach (var coupling in unit.Couplings)
        {
            partners[coupling.IdOf(side)] = coupling;
        }

        return partners;
    }

    private static Guid TargetIdOf(Intent intent, Dictionary<Guid, Coupling> partners) =>
        intent.TargetId == Guid.Empty && partners.TryGetValue(intent.SourceId, out var coupling)
            ? coupling.IdOf(intent.Target)
            : intent.TargetId;

    // The absence of a record from a response does not prove that it was deleted.
    private async Task<HashSet<Guid>> FindGoneAsync(
        SyncSide target,
        List<Intent> intents,
        Dictionary<Guid, TableRecord> records,
        CancellationToken cancellationToken)
    {
        var missing = intents.Where(intent => intent.Kind == WriteKind.Delete).Select(intent => intent.TargetId)
            .Where(id => !records.ContainsKey(id)).ToList();
        return missing.Count == 0
            ? []
            : await prove(target, missing, cancellationToken).ConfigureAwait(false);
    }

    // A field that the write changed contains its value. A write of other values, such as those of a rule, leaves no
    // trace: it counts as applied, because the rules are told at least once.
    private bool IsWritten(Intent intent, TableRecord record, Dictionary<Guid, Coupling> partners)
    {
        if (intent.Outcome is not { } outcome)
        {
            return true;
        }

        if (!partners.TryGetValue(intent.SourceId, out var coupling))
        {
            return false;
        }

        var values = mapping.View(intent.Target, record);
        var (wanted, known) = (mapping.View(outcome), mapping.View(coupling.Base));
        return mapping.Fields
            .Where(field => field.Reaches(intent.Target) && field.CanRead(intent.Target) && values.Has(field))
            .Where(field => wanted.Of(intent.Target, field) != known.Of(intent.Target, field))
            .All(field => values.Holds(field, wanted.Of(intent.Target, field)));
    }
}
