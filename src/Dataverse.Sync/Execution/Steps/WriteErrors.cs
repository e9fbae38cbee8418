namespace Dataverse.Sync.Execution;

/// <summary>Names why a write was not done. Where the engine knows what a status means its own code counts, with the system's words where it gave some.</summary>
internal static class WriteErrors
{
    public static SyncError Of(WriteResult result)
    {
        var known = result.Status switch
        {
            WriteStatus.VersionMismatch => new(SyncErrorCodes.ConcurrentModification, "The record kept changing while it was being written."),
            WriteStatus.AlreadyExists => new(SyncErrorCodes.AlreadyExists, "A record with the same key exists on the other side."),
            WriteStatus.NotFound => new(SyncErrorCodes.NotFound, "The record to write to no longer exists."),
            WriteStatus.Unknown => new(SyncErrorCodes.OutcomeUnknown, "The answer to the write was lost; the next run finds out."),
            _ => result.Error ?? new SyncError(SyncErrorCodes.Transient, "The write was refused for a passing reason."),
        };
        return result.Error is { } told ? told with { Code = known.Code } : known;
    }
}
