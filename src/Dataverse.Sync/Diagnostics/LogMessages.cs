using Microsoft.Extensions.Logging;

namespace Dataverse.Sync;

/// <summary>The log messages of the engine. They contain no field values.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "Mapping {Mapping}: {Kind} run {JobId} started.", EventName = "RunStarted")]
    public static partial void RunStarted(this ILogger logger, string mapping, SyncJobKind kind, Guid jobId);

    public static void RunFinished(this ILogger logger, SyncJob job)
    {
        var counters = job.Counters;
        logger.RunFinished(
            job.Key.Mapping, job.Id, job.Status, counters.Inserted, counters.Modified, counters.Deleted,
            counters.Unchanged, counters.Skipped, counters.Failed, counters.Conflicted);
    }

    [LoggerMessage(
        2,
        LogLevel.Information,
        "Mapping {Mapping}: run {JobId} ended as {Status}: {Inserted} inserted, {Modified} modified, "
        + "{Deleted} deleted, {Unchanged} unchanged, {Skipped} skipped, {Failed} failed, {Conflicted} conflicted.",
        EventName = "RunFinished")]
    private static partial void RunFinished(
        this ILogger logger,
        string mapping,
        Guid jobId,
        SyncJobStatus status,
        long inserted,
        long modified,
        long deleted,
        long unchanged,
        long skipped,
        long failed,
        long conflicted);

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
        "Mapping {Mapping}: the run would delete {Deletions} records, more than the {Allowed} allowed; "
        + "nothing was deleted.",
        EventName = "DeletionFuseBlown")]
    public static partial void DeletionFuseBlown(this ILogger logger, string mapping, int deletions, long allowed);

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
        EventName = "FieldUnreadable")]
    public static partial void FieldUnreadable(this ILogger logger, string warning);

    [LoggerMessage(
        6,
        LogLevel.Error,
        "Mapping {Mapping}: run {JobId} was ended by {Exception}.",
        EventName = "RunStopped")]
    public static partial void RunStopped(this ILogger logger, string mapping, Guid jobId, string exception);
}
