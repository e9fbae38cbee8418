namespace Dataverse.Sync.Hosting;

/// <summary>The settings of a job queue, and what works by them. They are replaced together.</summary>
/// <param name="Settings">The settings.</param>
/// <param name="Claims">Takes the entries that start.</param>
/// <param name="Run">Runs them.</param>
internal sealed record QueueParts(JobQueueSettings Settings, EntryClaims Claims, EntryRun Run);
