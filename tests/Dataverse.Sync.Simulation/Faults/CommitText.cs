namespace Dataverse.Sync.Simulation;

/// <summary>What a commit stores, in one line of a trace.</summary>
internal static class CommitText
{
    public static string Of(StoreCommit commit) => string.Join("; ", Parts(commit));

    private static IEnumerable<string> Parts(StoreCommit commit) =>
    [
        .. commit.UncoupledLocalIds.Select(id => $"uncouple {Short(id)}"),
        .. commit.Couplings.Select(coupling => $"couple {Short(coupling.LocalId)} {Short(coupling.IntegrationId)}"),
        .. commit.Intents.Select(intent => $"journal {intent.Kind} {Short(intent.SourceId)} to {intent.Target}"),
        .. commit.Failures.Select(failure => $"{failure.State} {failure.Record.Side} {Short(failure.Record.Id)} {failure.Error.Code}"),
        .. commit.ClearedFailures.Select(record => $"clear {record.Side} {Short(record.Id)}"),
        .. commit.Conflicts.Select(conflict => $"conflict {Short(conflict.LocalId)} {conflict.Resolution}"),
        .. commit.State is null ? [] : new[] { "checkpoint" },
    ];

    private static string Short(Guid id) => id.ToString()[..8];
}
