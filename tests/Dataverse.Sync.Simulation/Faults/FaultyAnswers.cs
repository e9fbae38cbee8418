namespace Dataverse.Sync.Simulation;

/// <summary>What a fault makes of an answer.</summary>
internal static class FaultyAnswers
{
    private static readonly SyncError Error = new("Simulated", "The simulation lets this write end so.");

    public static WriteResult Unknown { get; } = new() { Status = WriteStatus.Unknown, Error = Error };

    public static WriteResult Transient { get; } = new() { Status = WriteStatus.Transient, Error = Error };

    public static WriteResult Rejected { get; } = new() { Status = WriteStatus.Rejected, Error = Error };

    public static WriteResult Mismatch { get; } = new() { Status = WriteStatus.VersionMismatch, Error = Error };

    public static ChangePage Of(ChangePage page, FaultKind? fault, Ledger ledger)
    {
        switch (fault)
        {
            case FaultKind.EmptyAnswer or FaultKind.PartialAnswer when page.Coverage != ChangeCoverage.Changes:
                // Nobody can know of a record that the service never shows, until a full run asks again.
                ledger.NeedsFullRun = true;
                return page with { Records = Of(page.Records, fault) };
            case FaultKind.ShuffledPage:
                return page with { Records = [.. page.Records.Reverse()] };
            default:
                return page;
        }
    }

    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> answer, FaultKind? fault) => fault switch
    {
        FaultKind.EmptyAnswer => [],
        FaultKind.PartialAnswer => [.. answer.Where((_, index) => index % 2 == 1)],
        FaultKind.ShuffledPage => [.. answer.Reverse()],
        _ => answer,
    };
}
