namespace Dataverse.Sync.Simulation;

/// <summary>I24: the reasons that the engine states are true.</summary>
internal static class Reasons
{
    private const string TextTooLong = "TextTooLong";

    /// <summary>Checks why a run ended early.</summary>
    /// <param name="failure">What ended it.</param>
    /// <param name="hasStoreFailed">Whether the store failed in the run.</param>
    public static void Check(Exception failure, bool hasStoreFailed)
    {
        var causes = failure is SyncRunException run ? run.InnerExceptions : [failure];
        if (!hasStoreFailed && causes.Any(cause => cause is CouplingStoreException { Failure: CouplingStoreFailure.Unavailable }))
        {
            throw new InvariantViolationException("I24", $"A run blames the store, which did not fail: {failure.Message}");
        }
    }

    /// <summary>Checks the failures of a run that ended normally.</summary>
    public static async ValueTask CheckAsync(World world, Company company, FaultScript faults, DateTimeOffset startedOn)
    {
        var codes = (await world.ReadStoreAsync(company, Tables.Customer)).Failures
            .Where(failure => failure.LastFailedOn >= startedOn)
            .Select(failure => failure.Error.Code)
            .ToHashSet();

        // Nobody else uses an id that the engine chose, and no field of these tables has to be unique.
        if (codes.Contains(SyncErrorCodes.AlreadyExists) && faults.Faults.All(fault => fault.Kind == FaultKind.Doubled))
        {
            throw new InvariantViolationException("I24", "A record that the engine created counts as somebody else's.");
        }

        if (codes.Contains(TextTooLong) && faults.Faults.Count == 0)
        {
            throw new InvariantViolationException("I24", "A text counts as too long, although the definition says how long it may be.");
        }
    }
}
