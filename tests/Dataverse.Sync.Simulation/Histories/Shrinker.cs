using Dataverse.Sync.Testing;

namespace Dataverse.Sync.Simulation;

/// <summary>Takes away from a failing history what is not needed for the failure, so that a person can read what is left.</summary>
internal static class Shrinker
{
    private const int MaximumTries = 3_000;

    /// <summary>A smaller history that violates the same invariant.</summary>
    public static History Shrink(History history, InvariantViolationException violation, Func<History, InvariantViolationException?> play)
    {
        var tries = 0;
        var smallest = history;
        while (SmallerThan(smallest).FirstOrDefault(candidate => ++tries <= MaximumTries && play(candidate)?.Invariant == violation.Invariant) is { } smaller)
        {
            smallest = smaller;
        }

        return smallest;
    }

    private static IEnumerable<History> SmallerThan(History history)
    {
        for (var size = history.Steps.Count / 2; size >= 1; size /= 2)
        {
            for (var first = history.Steps.Count - size; first >= 0; first -= size)
            {
                yield return history with { Steps = [.. history.Steps.Take(first), .. history.Steps.Skip(first + size)] };
            }
        }

        for (var index = 0; index < history.Steps.Count; index++)
        {
            foreach (var simpler in SimplerThan(history.Steps[index]))
            {
                yield return history with { Steps = [.. history.Steps.Take(index), simpler, .. history.Steps.Skip(index + 1)] };
            }
        }

        foreach (var settings in SimplerThan(history.Settings))
        {
            yield return history with { Settings = settings };
        }
    }

    private static IEnumerable<HistoryStep> SimplerThan(HistoryStep step)
    {
        if (step is EngineStep run)
        {
            foreach (var fault in run.Faults.Faults)
            {
                yield return run with { Faults = new([.. run.Faults.Faults.Where(other => !ReferenceEquals(other, fault))]) };
            }
        }

        if (step is PreviewAndRun preview)
        {
            yield return new Run(preview.Kind);
        }
        else if (step is Create { Agent: > 0 } create)
        {
            yield return create with { Agent = 0 };
        }
        else if (step is Delete { Count: > 1 } several)
        {
            yield return several with { Count = several.Count - 1 };
        }
        else if (step is Create { Without: not null } incomplete)
        {
            yield return incomplete with { Without = null };
        }
        else if (step is Edit { Late.Ticks: > 0 } late)
        {
            yield return late with { Late = TimeSpan.Zero };
        }
    }

    private static IEnumerable<WorldSettings> SimplerThan(WorldSettings settings)
    {
        var usual = new WorldSettings();
        WorldSettings[] candidates =
        [
            settings with { Direction = usual.Direction },
            settings with { Conflicts = usual.Conflicts },
            settings with { Deletions = usual.Deletions },
            settings with { OnlyCoupled = false },
            settings with { Matches = false },
            settings with { LocalPageSize = usual.LocalPageSize, IntegrationPageSize = usual.IntegrationPageSize },
            settings with { LocalSkew = TimeSpan.Zero, IntegrationSkew = TimeSpan.Zero },
            settings with { LocalAnswer = WriteAnswer.Record },
            settings with { IntegrationAnswer = WriteAnswer.Version },
            settings with { Forms = ServerForms.Exact },
            settings with { TracksChanges = true },
            settings with { HasSecondCompany = false },
            settings with { KeepsFile = false },
            settings with { ScansRarely = false },
            settings with { SkipsAfter = 0 },
            settings with { HasParents = false },
            settings with { Filter = null },
            settings with { HasItems = false },
            settings with { HasContacts = false },
            settings with { CascadesLate = false },
            settings with { HasMerges = false },
            settings with { HasIdentities = false },
            settings with { IsTailored = false },
            settings with { IsPlain = false },
            settings with { LeaseDuration = usual.LeaseDuration },
        ];
        return candidates.Where(candidate => candidate != settings);
    }
}
