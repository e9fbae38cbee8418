namespace Dataverse.Sync.Execution;

/// <summary>
/// Explains why a write was not applied: by the engine's own code for a known status, with the system's text if there
/// is one.
/// </summary>
internal static class WriteErrors
{
    public static SyncError Of(WriteResult result)
    {
        var known = result.Status switch
        {
            WriteStatus.VersionMismatch => new(
                SyncErrorCodes.ConcurrentModification, "The record changed repeatedly while it was being written."),
            WriteStatus.AlreadyExists => new(
                SyncErrorCodes.AlreadyExists, "A record with the same key exists on the other side."),
            WriteStatus.NotFound => new(SyncErrorCodes.NotFound, "The record to write to does not exist any more."),
            WriteStatus.Unknown => new(
                SyncErrorCodes.OutcomeUnknown,
                "The response to the write was lost. The next run finds out whether the write was applied."),
            _ => result.Error
                ?? new SyncError(SyncErrorCodes.Transient, "The write was refused for a temporary reason."),
        };
        return result.Error is { } told ? told with { Code = known.Code } : known;
    }
}
