namespace Dataverse.Sync.Execution;

/// <summary>Turns the conflicts of a plan into what is remembered of them, and closes the ones that are over.</summary>
internal sealed class ConflictFactory(MappingRunContext run)
{
    public IEnumerable<RecordConflict> Create(PairWork work, Coupling coupling)
    {
        var existing = run.Memory.OpenConflictOf(coupling.LocalId);
        var fields = work.Plan!.Conflicts;
        var open = fields.Where(field => field.Resolution == ConflictResolution.Open).ToList();
        var decided = fields.Where(field => field.Resolution != ConflictResolution.Open).ToList();
        if (open.Count > 0)
        {
            if (existing is null || !existing.Fields.SequenceEqual(open))
            {
                yield return Conflict(coupling, open, existing?.Id, existing?.DetectedOn) with { Resolution = ConflictResolution.Open };
            }

            if (decided.Count > 0)
            {
                yield return Settle(Conflict(coupling, decided, null, null), decided);
            }
        }
        else if (decided.Count > 0)
        {
            yield return Settle(Conflict(coupling, decided, existing?.Id, existing?.DetectedOn), decided);
        }
        else if (existing is not null)
        {
            yield return existing with { Resolution = ConflictResolution.Lapsed, SettledOn = run.Now };
        }
    }

    private RecordConflict Conflict(Coupling coupling, IReadOnlyList<FieldConflict> fields, Guid? id, DateTimeOffset? detectedOn) => new()
    {
        Id = id ?? run.NewId(),
        Kind = ConflictKind.Update,
        LocalId = coupling.LocalId,
        IntegrationId = coupling.IntegrationId,
        Fields = fields,
        DetectedOn = detectedOn ?? run.Now,
    };

    private RecordConflict Settle(RecordConflict conflict, IReadOnlyList<FieldConflict> decided) => conflict with
    {
        Resolution = decided.All(field => field.Resolution == decided[0].Resolution) ? decided[0].Resolution : ConflictResolution.Mixed,
        SettledOn = run.Now,
    };
}
