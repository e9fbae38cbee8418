using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Processes suspected deletions, and pairs of which a record left its filter, after all changes: proves deletions, decides
/// about each, and carries everything out unless it is too much.
/// </summary>
internal sealed class DeletionStage(
    RunSettings settings,
    MappingCouplings couplings,
    MissingRecords missingRecords,
    LeavingPairs leavingPairs,
    DeletionPlanner planner,
    CascadeSearch cascades,
    DeletionProof proof,
    DeletionExecutor executor,
    LeavingExecutor uncoupling,
    JobRecorder job,
    ILogger logger)
{
    /// <summary>Carries out the deletions.</summary>
    /// <returns>Why the run must stop, or null if it continues.</returns>
    public async Task<string?> RunAsync(CancellationToken cancellationToken)
    {
        var missing = new List<MissingRecord>();
        foreach (var side in Sides.Both)
        {
            missing.AddRange(await missingRecords.FindAsync(side, cancellationToken).ConfigureAwait(false));
        }

        // If both records of a pair are gone, the pair is processed once.
        missing = [.. missing.DistinctBy(pair => pair.Coupling.LocalId)];
        var gone = missing.Select(pair => pair.Coupling.LocalId).ToHashSet();
        var leaving = leavingPairs.All.Where(pair => !gone.Contains(pair.Coupling.LocalId)).ToList();
        if (missing.Count + leaving.Count == 0)
        {
            return null;
        }

        var decisions = await planner.PlanAsync(missing, cancellationToken).ConfigureAwait(false);
        var consequences = decisions.Count(decision => decision.HasConsequence) + leaving.Count;
        var allowed = await AllowedAsync(cancellationToken).ConfigureAwait(false);
        if (consequences <= allowed)
        {
            decisions = await cascades.CompleteAsync(decisions, cancellationToken).ConfigureAwait(false);
            consequences = leaving.Count + decisions.Sum(decision =>
                decision.HasConsequence ? 1 + decision.Cascaded.Count : 0);
        }

        if (consequences > allowed)
        {
            var name = settings.Mapping.Name;
            logger.DeletionFuseBlown(name, consequences, (long)allowed);
            return $"{consequences} records are {WhatIsWrong(missing, leaving)} whose partners the run would delete, "
                + $"create again, or uncouple, more than the {(long)allowed} that mapping '{name}' allows at once. Nothing "
                + "was done about them. Check whether the account that the connector uses still sees all records, then "
                + "run again allowing mass deletion, or uncouple the records.";
        }

        var proved = await proof.ConfirmAsync(decisions, cancellationToken).ConfigureAwait(false);
        await executor.ExecuteAsync(proved, cancellationToken).ConfigureAwait(false);
        await uncoupling.ExecuteAsync(leaving, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private static string WhatIsWrong(List<MissingRecord> missing, List<LeavingPair> leaving) =>
        leaving.Count == 0 ? "missing" : missing.Count == 0 ? "outside their filter" : "missing or outside their filter";

    private async Task<double> AllowedAsync(CancellationToken cancellationToken)
    {
        if (settings.Options.AllowsMassDeletion)
        {
            return double.MaxValue;
        }

        // A run that tries records again with a current definition computes the limit twice. The pairs that it ended
        // itself belong to the number with which it began.
        var count = await couplings.CountAsync(cancellationToken).ConfigureAwait(false) + job.EndedPairs;
        return MassLimit.Of(count, settings.Mapping.Mapping.MaximumDeletionShare);
    }
}
