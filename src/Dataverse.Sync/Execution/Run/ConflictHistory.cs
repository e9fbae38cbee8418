namespace Dataverse.Sync.Execution;

/// <summary>Decides which conflicts of a pair are stored, and closes those that are over.</summary>
/// <remarks>
/// A decision overwrites a value. Therefore a conflict is stored as open, with both values and the decision for each
/// field, before the write is sent, and as resolved after the write was applied. So the overwritten value is stored at
/// every moment.
/// </remarks>
internal sealed class ConflictHistory(RunSettings settings, ConflictLedger ledger)
{
    /// <summary>
    /// Returns the conflicts to store for a pair after some of its fields were found in conflict and others were
    /// resolved.
    /// </summary>
    /// <param name="coupling">The pair.</param>
    /// <param name="open">The fields that are still in conflict, or whose decision is being carried out.</param>
    /// <param name="decided">The fields whose decision was carried out.</param>
    public IEnumerable<RecordConflict> Update(
        Coupling coupling, IReadOnlyList<FieldConflict> open, IReadOnlyList<FieldConflict> decided)
    {
        var existing = ledger.OpenOf(coupling.LocalId);
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
            // The values of an interrupted decision may exist nowhere else by now, so they are kept in a conflict of
            // their own.
            yield return existing.Lapse(settings.Now);
            existing = null;
        }

        if (decided.Count > 0)
        {
            var isOver = existing is not null && (open.Count == 0 || AreAllIn(existing.Fields, decided));
            yield return Resolve(Conflict(coupling, decided, isOver ? existing : null), decided);
            existing = isOver ? null : existing;
        }

        if (open.Count > 0 && existing?.Fields.SequenceEqual(open) != true)
        {
            yield return Conflict(coupling, open, existing);
        }
    }

    /// <summary>
    /// Returns the conflicts to store for a pair after a write was found to be applied. The fields that it wrote are
    /// resolved.
    /// </summary>
    public IEnumerable<RecordConflict> AfterRecovery(
        Coupling coupling, SyncSide target, IReadOnlySet<FieldMappingKey> written)
    {
        if (ledger.OpenOf(coupling.LocalId) is not { Kind: ConflictKind.Update } open)
        {
            return [];
        }

        var resolution = WonBy(target.Opposite());
        var decided = open.Fields.Where(field => written.Contains(field.FieldMapping))
            .Select(field => field with { Resolution = resolution }).ToList();
        return decided.Count == 0
            ? []
            : Update(coupling, [.. open.Fields.Where(field => !written.Contains(field.FieldMapping))], decided);
    }

    /// <summary>Returns the open conflict about a deletion, resolved for a side; nothing if there is none.</summary>
    public IEnumerable<RecordConflict> ResolveDeletion(Guid localId, SyncSide winner)
    {
        if (ledger.OpenOf(localId) is { Kind: not ConflictKind.Update } open)
        {
            yield return open with { Resolution = WonBy(winner), ResolvedOn = settings.Now };
        }
    }

    /// <summary>Returns the open conflict between a deletion and the edits of the survivor.</summary>
    /// <param name="coupling">The pair.</param>
    /// <param name="deleted">The side of the deleted record.</param>
    /// <param name="reason">Why a person decides although the survivor was not edited, or null.</param>
    public IEnumerable<RecordConflict> OpenDeletion(Coupling coupling, SyncSide deleted, string? reason = null)
    {
        var existing = ledger.OpenOf(coupling.LocalId);
        if (existing?.Kind == ConflictKind.Update)
        {
            // A conflict about fields is closed with its values, which may exist nowhere else by now.
            yield return existing.Lapse(settings.Now);
            existing = null;
        }

        var kind = deleted == SyncSide.Local ? ConflictKind.LocalDeletion : ConflictKind.IntegrationDeletion;
        yield return Conflict(coupling, [], existing) with { Kind = kind, Reason = reason };
    }

    // If an interrupted decision left both sides equal, it was carried out.
    private RecordConflict Close(RecordConflict conflict) =>
        conflict.Fields.Count > 0 && conflict.Fields.All(IsBeingDecided)
            ? Resolve(conflict, conflict.Fields)
            : conflict with { Resolution = ConflictResolution.Lapsed, ResolvedOn = settings.Now };

    private RecordConflict Conflict(
        Coupling coupling, IReadOnlyList<FieldConflict> fields, RecordConflict? existing) => new()
        {
            Id = existing?.Id ?? settings.NewId(),
            Kind = ConflictKind.Update,
            LocalId = coupling.LocalId,
            IntegrationId = coupling.IntegrationId,
            Fields = fields,
            DetectedOn = existing?.DetectedOn ?? settings.Now,
            Resolution = ConflictResolution.Open,
        };

    private RecordConflict Resolve(RecordConflict conflict, IReadOnlyList<FieldConflict> decided)
    {
        var isOneSided = decided.All(field => field.Resolution == decided[0].Resolution);
        return conflict with
        {
            Resolution = isOneSided ? decided[0].Resolution : ConflictResolution.Mixed,
            ResolvedOn = settings.Now,
        };
    }

    private static ConflictResolution WonBy(SyncSide winner) =>
        winner == SyncSide.Local ? ConflictResolution.LocalWon : ConflictResolution.IntegrationWon;

    // In an open conflict, the write of a field with a resolution is in progress.
    private static bool IsBeingDecided(FieldConflict field) => field.Resolution != ConflictResolution.Open;

    private static bool WouldDrop(RecordConflict known, IReadOnlyList<FieldConflict> fields) =>
        known.Fields.Any(field => IsBeingDecided(field) && !IsIn(field, fields));

    private static bool AreAllIn(IReadOnlyList<FieldConflict> some, IReadOnlyList<FieldConflict> fields) =>
        some.All(field => IsIn(field, fields));

    private static bool IsIn(FieldConflict field, IReadOnlyList<FieldConflict> fields) => fields.Any(other =>
        other.FieldMapping == field.FieldMapping
        && other.Local == field.Local
        && other.Integration == field.Integration);
}
