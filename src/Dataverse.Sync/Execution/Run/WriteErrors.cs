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
            WriteStatus.Transient => new(
                SyncErrorCodes.Transient, "The write was refused for a temporary reason."),
            _ => result.Error ?? new SyncError("Rejected", "The system refused the write and gave no reason."),
        };
        return result.Error is { } told ? told with { Code = known.Code, Message = MessageOf(told, known) } : known;
    }

    /// <summary>Whether the reason of an error may pass by itself, so that its record is never left to a person.</summary>
    public static bool MayPass(SyncError error) => error.Code
        is SyncErrorCodes.Transient or SyncErrorCodes.OutcomeUnknown or SyncErrorCodes.ConcurrentModification;

    // The engine's code says what follows from the refusal. The service's own code stays readable in the text.
    private static string MessageOf(SyncError told, SyncError known)
    {
        var message = string.IsNullOrWhiteSpace(told.Message) ? known.Message : told.Message;
        var isSaid = told.Code == known.Code
            || string.IsNullOrEmpty(told.Code)
            || IsEngines(told)
            || message.Contains(told.Code, StringComparison.OrdinalIgnoreCase);
        return isSaid ? message : $"{message} ({told.Code})";
    }

    private static bool IsEngines(SyncError error) =>
        MayPass(error) || error.Code is SyncErrorCodes.AlreadyExists or SyncErrorCodes.NotFound;
}
