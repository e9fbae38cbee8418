namespace Dataverse.Sync;

/// <summary>One record's error in a job.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Record">The record that was being synchronized.</param>
/// <param name="OccurredOn">When, by the engine's clock.</param>
/// <param name="Error">Why.</param>
public sealed record SyncJobError(Guid JobId, RecordKey Record, DateTimeOffset OccurredOn, SyncError Error);
