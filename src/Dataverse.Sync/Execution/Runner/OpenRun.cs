namespace Dataverse.Sync.Execution;

/// <summary>A run that ended well and whose records may wait for records of mappings that are run after it.</summary>
/// <param name="Composition">Creates the continuation.</param>
/// <param name="Recorder">Counts on in the job of the run.</param>
internal sealed record OpenRun(RunComposition Composition, JobRecorder Recorder);
