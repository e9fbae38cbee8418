namespace Dataverse.Sync.Simulation;

/// <summary>A request that a service takes its time with.</summary>
/// <param name="DueOn">When it takes effect.</param>
/// <param name="Perform">What it does.</param>
internal sealed record LateRequest(DateTimeOffset DueOn, Action Perform);
