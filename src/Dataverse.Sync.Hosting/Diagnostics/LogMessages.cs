using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Hosting;

/// <summary>The log messages of the job queue. None contains values of records.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Debug, "Entry {Entry}: started.", EventName = "EntryStarted")]
    public static partial void EntryStarted(this ILogger logger, string entry);

    [LoggerMessage(2, LogLevel.Debug, "Entry {Entry}: the run ended as {Status}.", EventName = "EntryEnded")]
    public static partial void EntryEnded(this ILogger logger, string entry, SyncJobStatus status);

    [LoggerMessage(
        3, LogLevel.Information, "Entry {Entry}: the run was cancelled; the entry starts again.", EventName = "EntryCancelled")]
    public static partial void EntryCancelled(this ILogger logger, string entry);

    [LoggerMessage(
        4, LogLevel.Information, "Entry {Entry}: somebody else runs the mapping; the entry is tried again.", EventName = "EntryBusy")]
    public static partial void EntryBusy(this ILogger logger, string entry);

    [LoggerMessage(
        5, LogLevel.Warning, "Entry {Entry}: attempt {Attempt} of {Maximum} failed. {Reason}", EventName = "EntryFailed")]
    public static partial void EntryFailed(this ILogger logger, string entry, int attempt, int maximum, string reason);

    [LoggerMessage(
        6,
        LogLevel.Error,
        "Entry {Entry}: {Attempts} attempts failed; the entry does not start again until it is resumed.",
        EventName = "EntryInError")]
    public static partial void EntryInError(this ILogger logger, string entry, int attempts);

    [LoggerMessage(
        7,
        LogLevel.Warning,
        "Entry {Entry}: its process ended without a word; it starts again.",
        EventName = "EntryAbandoned")]
    public static partial void EntryAbandoned(this ILogger logger, string entry);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "Entry {Entry}: another process has taken it; the run is ended.",
        EventName = "OwnershipLost")]
    public static partial void OwnershipLost(this ILogger logger, string entry);

    [LoggerMessage(
        9,
        LogLevel.Warning,
        "Entry {Entry}: the ownership could not be renewed. {Reason}",
        EventName = "OwnershipNotRenewed")]
    public static partial void OwnershipNotRenewed(this ILogger logger, string entry, string reason);

    [LoggerMessage(
        10,
        LogLevel.Error,
        "Entry {Entry}: the result of the run could not be stored. {Reason}",
        EventName = "StateNotStored")]
    public static partial void StateNotStored(this ILogger logger, string entry, string reason);

    [LoggerMessage(
        11,
        LogLevel.Error,
        "The job queue could not look for due entries; it tries again. {Reason}",
        EventName = "CheckFailed")]
    public static partial void CheckFailed(this ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Information, "{Count} old jobs were deleted.", EventName = "OldJobsDeleted")]
    public static partial void OldJobsDeleted(this ILogger logger, int count);

    [LoggerMessage(
        13,
        LogLevel.Warning,
        "Old jobs could not be deleted; the job queue tries again. {Reason}",
        EventName = "OldJobsNotDeleted")]
    public static partial void OldJobsNotDeleted(this ILogger logger, string reason);

    [LoggerMessage(
        14,
        LogLevel.Warning,
        "The job queue could not be measured; its gauges keep their last values. {Reason}",
        EventName = "NotMeasured")]
    public static partial void NotMeasured(this ILogger logger, string reason);

    [LoggerMessage(
        15,
        LogLevel.Debug,
        "The job queue could not look for due entries, as before; it tries again. {Reason}",
        EventName = "CheckFailedAgain")]
    public static partial void CheckFailedAgain(this ILogger logger, string reason);

    [LoggerMessage(
        16, LogLevel.Information, "The job queue looks for due entries again.", EventName = "CheckSucceededAgain")]
    public static partial void CheckSucceededAgain(this ILogger logger);
}
