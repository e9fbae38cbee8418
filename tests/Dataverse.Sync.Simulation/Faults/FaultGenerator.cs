namespace Dataverse.Sync.Simulation;

/// <summary>Draws the faults of a run.</summary>
/// <param name="random">Decides.</param>
/// <param name="theme">What the history is mostly about.</param>
/// <param name="newUserStep">Draws what a user does in the middle of the run.</param>
internal sealed class FaultGenerator(Random random, HistoryTheme theme, Func<HistoryStep> newUserStep)
{
    private static readonly FaultKind[] Everything = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.PartlyDelayed)];

    private static readonly FaultKind[] Interruptions =
    [
        FaultKind.CrashBefore, FaultKind.CrashAfter, FaultKind.CancelBefore, FaultKind.CancelAfter, FaultKind.AnswerLost, FaultKind.UserAction, FaultKind.Stall, FaultKind.TakenOver, FaultKind.Suspended, FaultKind.SuspendedAfter,
    ];

    private static readonly FaultKind[] OfWrites =
    [
        .. Interruptions, FaultKind.CrashInFlight, FaultKind.RequestDelayed, FaultKind.AllOrNothing, FaultKind.PartialBatch, FaultKind.Rejected, FaultKind.VersionMismatch, FaultKind.UserAction,
        FaultKind.HalfDone, FaultKind.Doubled,
    ];

    private static readonly FaultKind[] OfReads =
    [
        .. Interruptions, FaultKind.EmptyAnswer, FaultKind.PartialAnswer, FaultKind.EmptyAnswer, FaultKind.PartialAnswer, FaultKind.ReadsLag, FaultKind.ShuffledPage, FaultKind.Unreachable, FaultKind.Throttled,
    ];

    private static readonly FaultKind[] OfCommits = [.. Interruptions, FaultKind.StoreUnavailable];

    private static readonly FaultKind[] LostWrites =
    [
        FaultKind.CrashAfter, FaultKind.AnswerLost, FaultKind.CrashInFlight, FaultKind.CrashInFlight, FaultKind.RequestDelayed, FaultKind.RequestDelayed, FaultKind.RequestDelayed,
        FaultKind.Rejected, FaultKind.Rejected, FaultKind.HalfDone, FaultKind.Doubled, FaultKind.Suspended,
    ];

    private static readonly FaultKind[] Lies = [FaultKind.EmptyAnswer, FaultKind.PartialAnswer, FaultKind.ReadsLag, FaultKind.UserAction];

    public FaultScript NewScript()
    {
        if (random.Chance(0.35))
        {
            return FaultScript.None;
        }

        if (theme == HistoryTheme.Uncertainty && random.Chance(0.7))
        {
            return NewUncertainty();
        }

        if (random.Chance(0.05))
        {
            return new([new(random.Next(1, 40), FaultKind.TableForbidden)]);
        }

        var faults = new List<Fault>();
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            var place = random.Any<FaultPlace>();
            var kinds = place switch
            {
                FaultPlace.Write => OfWrites,
                FaultPlace.Read => OfReads,
                FaultPlace.Commit => OfCommits,
                _ => Everything,
            };
            var kind = kinds[random.Next(kinds.Length)];
            if (IsLie(kind) && faults.Exists(fault => IsLie(fault.Kind)))
            {
                continue;
            }

            faults.Add(NewFault(random.Next(1, place == FaultPlace.Call ? 70 : 6), kind) with { Place = place, Action = kind == FaultKind.UserAction ? newUserStep() : null });
        }

        return new(faults);
    }

    /// <summary>One call among the first few, to the store only, that fails, is interrupted, or meets somebody else's change.</summary>
    public FaultScript NewStoreFault()
    {
        FaultKind[] kinds = [FaultKind.CrashBefore, FaultKind.CrashAfter, FaultKind.AnswerLost, FaultKind.StoreUnavailable, FaultKind.UserAction, FaultKind.CancelAfter];
        var kind = kinds[random.Next(kinds.Length)];
        return new([new(random.Next(1, 5), kind) { Action = kind == FaultKind.UserAction ? newUserStep() : null }]);
    }

    /// <summary>A run of which a write has an open outcome.</summary>
    public FaultScript NewLostWrite() => new([NewFault(FaultPlace.Write, LostWrites, reach: 5)]);

    // Writes whose outcome is open, or reads that answer too little, among the first of the run. The reads that follow a write of the second
    // mapping come after a dozen others.
    private FaultScript NewUncertainty()
    {
        var faults = new List<Fault>();
        if (random.Chance(0.6))
        {
            faults.Add(NewFault(FaultPlace.Write, LostWrites, reach: 5));
        }

        if (faults.Count == 0 || random.Chance(0.4))
        {
            faults.Add(NewFault(FaultPlace.Read, Lies, reach: 14));
        }

        return new(faults);
    }

    private Fault NewFault(FaultPlace place, FaultKind[] kinds, int reach)
    {
        var kind = kinds[random.Next(kinds.Length)];
        return NewFault(random.Next(1, random.Next(2, reach)), kind) with { Place = place, Action = kind == FaultKind.UserAction ? newUserStep() : null };
    }

    // Of the requests that are delayed, half are only a part of their batch.
    private static Fault NewFault(int call, FaultKind kind) => new(call, kind == FaultKind.RequestDelayed && call % 2 == 0 ? FaultKind.PartlyDelayed : kind);

    // A deletion needs two proofs; a service that lies in both within one run is beyond what anybody can detect.
    private static bool IsLie(FaultKind kind) => kind is FaultKind.EmptyAnswer or FaultKind.PartialAnswer or FaultKind.ReadsLag;
}
