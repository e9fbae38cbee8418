namespace Dataverse.Sync;

/// <summary>The error of one record in a job. Business Central: Integration Synch. Job Errors.</summary>
/// <param name="JobId">The <see cref="SyncJob.Id"/> of the job.</param>
/// <param name="Record">The record that was being synchronized.</param>
/// <param name="OccurredOn">When it occurred, by the clock of the engine.</param>
/// <param name="Error">The reason why the record failed or was skipped.</param>
public sealed record SyncJobError(Guid JobId, RecordKey Record, DateTimeOffset OccurredOn, SyncError Error);
