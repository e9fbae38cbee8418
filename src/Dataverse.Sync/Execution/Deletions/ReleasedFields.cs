namespace Dataverse.Sync.Execution;

/// <summary>
/// Reads the definitions of tables again before records are deleted with fields that the caller could not read: a field
/// that is readable by now may contain an edit, which the engine has not seen.
/// </summary>
/// <remarks>The definition of a table is read once. Not safe for concurrent use.</remarks>
internal sealed class ReleasedFields(
    RunSettings settings,
    MappingTables tables,
    MappingCouplings couplings,
    SchemaContradictions contradictions,
    JobRecorder job)
{
    private readonly SchemaReader current = new(tables.Systems);

    /// <summary>Keeps the records, and notes that the schemas are outdated, if a field of theirs has become readable.</summary>
    public async Task<List<DeletionDecision>> KeepAsync(
        IReadOnlyList<DeletionDecision> decisions, CancellationToken cancellationToken)
    {
        var kept = new List<DeletionDecision>(decisions.Count);
        foreach (var decision in decisions)
        {
            var isOutdated = decision.Action == DeletionAction.DeleteSurvivor
                && settings.DeletionDecision is null
                && await AnyIsReleasedAsync(decision, cancellationToken).ConfigureAwait(false);
            if (isOutdated)
            {
                contradictions.Note(decision.Missing.SurvivorKey);
                job.KeepErrorsBack(decision.Missing.SurvivorKey);
            }

            kept.Add(isOutdated
                ? decision with { Action = DeletionAction.Report, Error = PartnerErrors.FieldsReleased }
                : decision);
        }

        return kept;
    }

    private async Task<bool> AnyIsReleasedAsync(DeletionDecision decision, CancellationToken cancellationToken)
    {
        var side = decision.Missing.SurvivingSide;
        if (await IsReleasedAsync(settings.Mapping, side, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        foreach (var name in decision.Cascaded.Concat(decision.AlsoDeleted).Select(record => record.Mapping).Distinct())
        {
            if (couplings.Mappings.TryGetValue(name, out var mapping)
                && await IsReleasedAsync(mapping, side, cancellationToken).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> IsReleasedAsync(
        CompiledMapping mapping, SyncSide side, CancellationToken cancellationToken)
    {
        var unreadable = mapping.Fields.Where(field => !field.CanRead(side)).Select(field => field.On(side).Name).ToList();
        if (unreadable.Count == 0)
        {
            return false;
        }

        var schema = await current.ReadAsync(side, mapping.Schema(side).Name, cancellationToken).ConfigureAwait(false);
        return unreadable.Exists(name => schema?.Find(name)?.CanRead == true);
    }
}
