namespace Dataverse.Sync.Execution;

/// <summary>Names the reason why a write was not done: the engine's own code where it knows the status, with the system's text if there is one.</summary>
internal static class WriteErrors
{
    public static SyncError Of(WriteResult result)
    {
        var known = result.Status switch
        {
            WriteStatus.VersionMismatch => new(
                SyncErrorCodes.ConcurrentModification, "The record was changed again and again while it was being written."),
            WriteStatus.AlreadyExists => new(SyncErrorCodes.AlreadyExists, "A record with the same key exists on the other side."),
            WriteStatus.NotFound => new(SyncErrorCodes.NotFound, "The record to write to does not exist any more."),
            WriteStatus.Unknown => new(
                SyncErrorCodes.OutcomeUnknown, "The answer to the write was lost; the next run finds out whether it was done."),
            _ => result.Error ?? new SyncError(SyncErrorCodes.Transient, "The write was refused for a temporary reason."),
        };
        return result.Error is { } told ? told with { Code = known.Code } : known;
    }
}
