using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Processes suspected deletions after all changes: proves them, decides about each, and carries them out unless they
/// are too many.
/// </summary>
internal sealed class DeletionStage(
    RunSettings settings,
    MappingCouplings couplings,
    MissingRecords missingRecords,
    DeletionPlanner planner,
    DeletionExecutor executor,
    ILogger logger)
{
    private const int AlwaysAllowed = 10;

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
        if (missing.Count == 0)
        {
            return null;
        }

        var decisions = await planner.PlanAsync(missing, cancellationToken).ConfigureAwait(false);
        var deletions = decisions.Count(decision => decision.Action == DeletionAction.DeleteSurvivor);
        var allowed = await AllowedAsync(cancellationToken).ConfigureAwait(false);
        if (deletions > allowed)
        {
            var name = settings.Mapping.Name;
            logger.DeletionFuseBlown(name, deletions, allowed);
            return $"The run would delete {deletions} records, more than the {allowed} that mapping '{name}' allows "
                + "at once. Nothing was deleted. Check the other side, then run again allowing mass deletion, "
                + "or uncouple the records.";
        }

        await executor.ExecuteAsync(decisions, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<long> AllowedAsync(CancellationToken cancellationToken)
    {
        if (settings.Options.AllowsMassDeletion)
        {
            return long.MaxValue;
        }

        var count = await couplings.CountAsync(cancellationToken).ConfigureAwait(false);
        return Math.Max(AlwaysAllowed, (long)(count * settings.Mapping.Mapping.MaximumDeletionShare));
    }
}
