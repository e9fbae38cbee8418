namespace Dataverse.Sync.HttpHarness;

/// <summary>The result of a history.</summary>
internal sealed record HistoryOutcome(int Seed, Scenario Scenario, IReadOnlyList<string> Violations, IReadOnlyList<string> Trace)
{
    public bool Failed => Violations.Count > 0;

    /// <summary>The history as a text that a person can follow.</summary>
    public string Print() => string.Join(
        Environment.NewLine,
        [$"Seed {Seed}", $"{Scenario}", .. Trace, .. Violations.Select(violation => $"VIOLATION: {violation}")]);
}
