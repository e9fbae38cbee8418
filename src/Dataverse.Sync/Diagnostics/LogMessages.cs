using Microsoft.Extensions.Logging;

namespace Dataverse.Sync;

/// <summary>The log messages of the engine. They contain no field values.</summary>
internal static partial class LogMessages
{
    public static void RunFinished(this ILogger logger, SyncJob job)
    {
        var (level, counters) = (LevelOf(job), job.Counters);
        logger.RunFinished(
            level, job.Key.Mapping, job.Kind, job.Id, job.Status, counters.Inserted, counters.Modified, counters.Deleted,
            counters.Unchanged, counters.Skipped, counters.Failed, counters.Conflicted,
            counters.Doubtful);
    }

    [LoggerMessage(
        EventId = 2,
        Message = "Mapping {Mapping}: {Kind} run {JobId} ended as {Status}: {Inserted} inserted, {Modified} modified, "
        + "{Deleted} deleted, {Unchanged} unchanged, {Skipped} skipped, {Failed} failed, {Conflicted} conflicted, "
        + "{Doubtful} doubtful.",
        EventName = "RunFinished")]
    private static partial void RunFinished(
        this ILogger logger,
        LogLevel level,
        string mapping,
        SyncJobKind kind,
        Guid jobId,
        SyncJobStatus status,
        long inserted,
        long modified,
        long deleted,
        long unchanged,
        long skipped,
        long failed,
        long conflicted,
        long doubtful);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "Mapping {Mapping}: rule {Rule} failed with {Exception}.",
        EventName = "RuleFailed")]
    public static partial void RuleFailed(this ILogger logger, string mapping, string rule, string exception);

    [LoggerMessage(
        4,
        LogLevel.Warning,
        "Mapping {Mapping}: {Count} writes of an earlier run have an unknown outcome; recovering the journal.",
        EventName = "RecoveringJournal")]
    public static partial void RecoveringJournal(this ILogger logger, string mapping, int count);

    [LoggerMessage(
        5,
        LogLevel.Error,
        "Mapping {Mapping}: the run would delete, create again, or uncouple {Records} records, more than the {Allowed} "
        + "allowed; nothing was done about them.",
        EventName = "DeletionFuseBlown")]
    public static partial void DeletionFuseBlown(this ILogger logger, string mapping, int records, long allowed);

    /// <summary>Logs what ended a run, with the exception.</summary>
    public static void RunStopped(this ILogger logger, string mapping, Guid jobId, Exception exception) =>
        logger.RunStopped(mapping, jobId, exception.GetType().Name, LoggedFailure.Of(exception));

    [LoggerMessage(
        11,
        LogLevel.Error,
        "Mapping {Mapping}: the run would overwrite values of {Records} records with blanks, more than the {Allowed} "
        + "allowed; none of them was written.",
        EventName = "BlankingFuseBlown")]
    public static partial void BlankingFuseBlown(this ILogger logger, string mapping, int records, long allowed);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "{Warning}",
        EventName = "MappingWarning")]
    public static partial void MappingWarning(this ILogger logger, string warning);

    [LoggerMessage(
        6,
        LogLevel.Error,
        "Mapping {Mapping}: run {JobId} was ended by {Type}.",
        EventName = "RunStopped")]
    private static partial void RunStopped(
        this ILogger logger, string mapping, Guid jobId, string type, Exception exception);

    /// <summary>Logs that a run of all mappings could not run a mapping.</summary>
    public static void MappingNotRun(this ILogger logger, SyncJob job, Exception? reason) => logger.MappingNotRun(
        reason is null ? LogLevel.Warning : LogLevel.Error, job.Key.Mapping, job.Id, job.Status,
        reason is null ? null : LoggedFailure.Of(reason));

    [LoggerMessage(
        EventId = 7,
        Message = "Mapping {Mapping}: run {JobId} did not start; it ended as {Status}.",
        EventName = "MappingNotRun")]
    private static partial void MappingNotRun(
        this ILogger logger, LogLevel level, string mapping, Guid jobId, SyncJobStatus status, Exception? exception);

    // What a person should look at is a warning. A run that found nothing to do is of interest only to who looks for it.
    private static LogLevel LevelOf(SyncJob job)
    {
        var counters = job.Counters;
        if (counters.Failed > 0 || job.Status == SyncJobStatus.Stopped)
        {
            return LogLevel.Warning;
        }

        var isIdle = counters with { Unchanged = 0 } == SyncCounters.None && job.Status == SyncJobStatus.Finished;
        return isIdle ? LogLevel.Debug : LogLevel.Information;
    }
}
