namespace Dataverse.Sync.Execution;

/// <summary>
/// Judges deletions by what the system would delete as a consequence, in any mapping.
/// </summary>
internal sealed class CascadeSearch(RunSettings settings, CascadedRecords cascaded)
{
    /// <summary>
    /// Adds to the decisions what the system would delete as a consequence. A deletion with consequences that are not
    /// allowed becomes a conflict.
    /// </summary>
    public async Task<List<DeletionDecision>> CompleteAsync(
        IReadOnlyList<DeletionDecision> decisions, CancellationToken cancellationToken)
    {
        var completed = new List<DeletionDecision>(decisions);
        foreach (var side in Sides.Both)
        {
            var deleting = completed
                .Where(decision => decision.Action == DeletionAction.DeleteSurvivor && decision.Missing.SurvivingSide == side)
                .ToList();
            if (deleting.Count == 0)
            {
                continue;
            }

            var gone = decisions.Select(decision => decision.Coupling).ToHashSet();
            var found = await cascaded.FindAsync(side, deleting, gone, cancellationToken).ConfigureAwait(false);
            completed = completed.ConvertAll(decision =>
                decision.Action == DeletionAction.DeleteSurvivor && found[decision.Missing.SurvivorKey.Id].ToList() is { Count: > 0 } more
                    ? Judge(decision, more)
                    : decision);
        }

        return completed;
    }

    private DeletionDecision Judge(DeletionDecision decision, List<CascadedRecord> cascades)
    {
        if (cascades.FindAll(item => item.IsUnjudged) is { Count: > 0 } unjudged)
        {
            return decision with { Action = DeletionAction.Report, Error = CascadeErrors.Unjudged(unjudged[0].Record.Mapping) };
        }

        decision = decision with { AlsoDeleted = [.. cascades.Where(item => item.HasNoPartner).Select(item => item.Record)] };
        var records = cascades.Where(item => !item.HasNoPartner).Select(item => item.Record).ToList();
        if (records.Count == 0)
        {
            return decision;
        }

        if (settings.Options.CascadePolicy is { } decided)
        {
            // Whoever decides for one run has seen the records.
            return decided == CascadePolicy.Uncouple ? decision with { Cascaded = records } : Conflict(decision, records);
        }

        var isAllowed = settings.Mapping.Mapping.CascadePolicy == CascadePolicy.Uncouple
            && !cascades.Exists(item => item.IsUnsynchronized);
        return isAllowed ? decision with { Cascaded = records } : Conflict(decision, records);
    }

    private static DeletionDecision Conflict(DeletionDecision decision, List<RecordInMapping> cascades) =>
        decision with { Cascaded = cascades, Action = DeletionAction.RecordConflict, Error = CascadeErrors.Unwanted(cascades) };
}
