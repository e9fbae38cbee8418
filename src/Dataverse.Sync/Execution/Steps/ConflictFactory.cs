namespace Dataverse.Sync.Execution;

/// <summary>Turns the conflicts of a plan into what is remembered of them, and closes the ones that are over.</summary>
/// <remarks>
/// A decision overwrites a value. So a conflict is stored as open, with both values and what is being decided for each field, before the
/// write leaves, and as decided once the write is done: at no moment does the loser exist nowhere.
/// </remarks>
internal sealed class ConflictFactory(MappingRunContext run)
{
    /// <summary>The decided conflicts of a plan that need no write or whose write was done.</summary>
    public static IEnumerable<FieldConflict> CarriedOut(PairWork work) => work.Plan!.Conflicts.Where(field =>
        field.Resolution != ConflictResolution.Open && (work.ResultOn(TargetOf(field)) is null or { Status: WriteStatus.Applied }));

    /// <summary>The open conflict about a deletion, decided for one side; nothing when there is none.</summary>
    public IEnumerable<RecordConflict> SettleDeletion(Guid localId, SyncSide winner)
    {
        if (run.Memory.OpenConflictOf(localId) is { Kind: not ConflictKind.Update } open)
        {
            yield return open with { Resolution = winner == SyncSide.Local ? ConflictResolution.LocalWon : ConflictResolution.IntegrationWon, ResolvedOn = run.Now };
        }
    }

    /// <summary>The open conflict between a deletion and the survivor's edits. A conflict about fields is closed with its values, which may stand nowhere else by now.</summary>
    public IEnumerable<RecordConflict> OpenDeletion(Coupling coupling, SyncSide deleted)
    {
        var existing = run.Memory.OpenConflictOf(coupling.LocalId);
        if (existing?.Kind == ConflictKind.Update)
        {
            yield return existing.Lapse(run.Now);
            existing = null;
        }

        yield return Conflict(coupling, [], existing) with { Kind = deleted == SyncSide.Local ? ConflictKind.LocalDeletion : ConflictKind.IntegrationDeletion };
    }

    /// <summary>What is remembered before the writes of a plan that decides conflicts: that they are there.</summary>
    public IEnumerable<RecordConflict> BeforeWrite(PairWork work)
    {
        var fields = work.Plan!.Conflicts;
        var areDecided = fields.Count > 0 && fields.Any(field => field.Resolution != ConflictResolution.Open && work.OperationOn(TargetOf(field)) is not null);
        return areDecided && work.Coupling is { } coupling ? Remember(coupling, fields, work.TakeDecidedBefore()) : [];
    }

    /// <summary>What is remembered when everything of a plan was done.</summary>
    public IEnumerable<RecordConflict> Create(PairWork work, Coupling coupling)
    {
        var fields = work.Plan!.Conflicts;
        var before = work.TakeDecidedBefore();
        return fields.Count + before.Count == 0 && run.Memory.OpenConflictOf(coupling.LocalId) is null
            ? []
            : Remember(coupling, [.. fields.Where(field => field.Resolution == ConflictResolution.Open)], [.. before, .. fields.Where(field => field.Resolution != ConflictResolution.Open)]);
    }

    /// <summary>What is remembered when a part of a plan was done: what was decided and carried out is over, the rest stays open.</summary>
    public IEnumerable<RecordConflict> AfterPart(PairWork work, bool hasWritten)
    {
        List<FieldConflict> done = [.. work.TakeDecidedBefore(), .. hasWritten ? CarriedOut(work) : []];
        return done.Count == 0 ? [] : Remember(work.Coupling!, [.. work.Plan!.Conflicts.Except(done)], done);
    }

    /// <summary>What is remembered when a write turns out to have been done: of the pair's open conflict, the fields that it decided.</summary>
    public IEnumerable<RecordConflict> AfterAll(Coupling coupling, SyncSide target, IReadOnlySet<FieldMappingKey> written)
    {
        if (run.Memory.OpenConflictOf(coupling.LocalId) is not { Kind: ConflictKind.Update } open || !open.Fields.Any(field => written.Contains(field.FieldMapping)))
        {
            return [];
        }

        var resolution = target == SyncSide.Integration ? ConflictResolution.LocalWon : ConflictResolution.IntegrationWon;
        return Remember(
            coupling,
            [.. open.Fields.Where(field => !written.Contains(field.FieldMapping))],
            [.. open.Fields.Where(field => written.Contains(field.FieldMapping)).Select(field => field with { Resolution = resolution })]);
    }

    // A pair has one open conflict at most: what is known of it now takes the place of what was known before.
    private IEnumerable<RecordConflict> Remember(Coupling coupling, IReadOnlyList<FieldConflict> open, IReadOnlyList<FieldConflict> decided)
    {
        var existing = run.Memory.OpenConflictOf(coupling.LocalId);
        if (open.Count + decided.Count == 0)
        {
            if (existing is not null)
            {
                yield return Close(existing);
            }

            yield break;
        }

        if (existing is not null && WouldDrop(existing, [.. open, .. decided]))
        {
            // The values of a decision that was cut short may stand nowhere else by now, so they stay with a conflict of their own.
            yield return existing.Lapse(run.Now);
            existing = null;
        }

        if (decided.Count > 0)
        {
            var isOver = existing is not null && (open.Count == 0 || existing.Fields.All(field => decided.Any(other => IsSame(field, other))));
            yield return Settle(Conflict(coupling, decided, isOver ? existing : null), decided);
            existing = isOver ? null : existing;
        }

        if (open.Count > 0 && existing?.Fields.SequenceEqual(open) != true)
        {
            yield return Conflict(coupling, open, existing);
        }
    }

    // Where a decision was cut short and the two sides agree by now, it was carried out.
    private RecordConflict Close(RecordConflict conflict) => conflict.Fields.Count > 0 && conflict.Fields.All(IsBeingDecided)
        ? Settle(conflict, conflict.Fields)
        : conflict with { Resolution = ConflictResolution.Lapsed, ResolvedOn = run.Now };

    private RecordConflict Conflict(Coupling coupling, IReadOnlyList<FieldConflict> fields, RecordConflict? existing) => new()
    {
        Id = existing?.Id ?? run.NewId(),
        Kind = ConflictKind.Update,
        LocalId = coupling.LocalId,
        IntegrationId = coupling.IntegrationId,
        Fields = fields,
        DetectedOn = existing?.DetectedOn ?? run.Now,
        Resolution = ConflictResolution.Open,
    };

    private RecordConflict Settle(RecordConflict conflict, IReadOnlyList<FieldConflict> decided) => conflict with
    {
        Resolution = decided.All(field => field.Resolution == decided[0].Resolution) ? decided[0].Resolution : ConflictResolution.Mixed,
        ResolvedOn = run.Now,
    };

    // In an open conflict, a field with a resolution is one whose write is under way.
    private static bool IsBeingDecided(FieldConflict field) => field.Resolution != ConflictResolution.Open;

    private static bool WouldDrop(RecordConflict known, IReadOnlyList<FieldConflict> fields) =>
        known.Fields.Any(field => IsBeingDecided(field) && !fields.Any(other => IsSame(field, other)));

    private static bool IsSame(FieldConflict field, FieldConflict other) =>
        other.FieldMapping == field.FieldMapping && other.Local == field.Local && other.Integration == field.Integration;

    private static SyncSide TargetOf(FieldConflict field) => field.Resolution == ConflictResolution.LocalWon ? SyncSide.Integration : SyncSide.Local;
}
