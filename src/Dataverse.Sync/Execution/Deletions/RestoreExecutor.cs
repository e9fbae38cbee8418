namespace Dataverse.Sync.Execution;

/// <summary>Creates the deleted records of pairs again.</summary>
internal sealed class RestoreExecutor(
    string mapping,
    RecordSteps steps,
    MappingCouplings couplings,
    ReferenceResolver references,
    PostponedReferences postponed)
{
    /// <summary>Carries out the decisions to restore.</summary>
    /// <remarks>
    /// The survivor is processed like an uncoupled record. The commit that stores its new coupling removes the old one.
    /// Until then the old one leads to a record that is gone, so no reference may follow it: the new records are created
    /// without references to each other and to themselves, which are set when all of them exist.
    /// </remarks>
    public async Task ExecuteAsync(List<DeletionDecision> decisions, CancellationToken cancellationToken)
    {
        if (decisions.Count == 0)
        {
            return;
        }

        postponed.AddRange(decisions.Select(decision => new RecordInMapping(mapping, decision.Missing.SurvivorKey)));
        couplings.SetRestoring(decisions.Select(decision => decision.Coupling.LocalId));
        references.Forget();
        postponed.IncludesAll = true;
        foreach (var group in decisions.GroupBy(decision => decision.Missing.SurvivingSide))
        {
            var pairs = group.Select(decision => new Pair
            {
                Source = group.Key,
                Records = Sides.From<TableRecord?>(group.Key, decision.Survivor, null),
                Restores = decision.Coupling,
            });
            await steps.RestoreAsync([.. pairs], cancellationToken).ConfigureAwait(false);
        }

        postponed.IncludesAll = false;
        couplings.SetRestoring([]);
        references.Forget();
    }
}
