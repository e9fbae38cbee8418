using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// Translates the response to one write of a batch to the write's result. The error code decides first, then the
/// status.
/// </summary>
internal static class PartResults
{
    /// <summary>Gives the write its result and tells how to proceed with it.</summary>
    /// <param name="write">The write.</param>
    /// <param name="response">The response.</param>
    /// <param name="context">The table, and what reads its records and errors.</param>
    public static PartFollowUp Apply(PendingWrite write, BatchResponse response, WriteContext context)
    {
        if (response.IsSuccess)
        {
            return context.Written.Apply(write, response) ? PartFollowUp.None : PartFollowUp.Decide;
        }

        var error = ServiceError.Parse(response.Body.Span);
        var meaning = context.Service.Errors.MeaningOf(response.Status, error);
        if (meaning.HasFlag(ErrorMeaning.Passing) && response.Status < 500 && response.Status != 429)
        {
            return PartFollowUp.DecideAndRepeat;
        }

        if (StatusOf(write.Operation, response.Status, error.Code) is not { } status)
        {
            return PartFollowUp.Decide;
        }

        if (status == WriteStatus.Applied)
        {
            write.Applied();
            return PartFollowUp.None;
        }

        var contradictsSchema = meaning.HasFlag(ErrorMeaning.ContradictsSchema);
        write.Refused(status, ErrorOf(write.Operation, status, response.Status, error), contradictsSchema);
        return FollowUpOf(write, status, context.Table.Schema.KeepsChosenIds);
    }

    // A record with the chosen id of an insert is its own work, whoever repeated it.
    private static PartFollowUp FollowUpOf(PendingWrite write, WriteStatus status, bool keepsChosenIds) => status switch
    {
        WriteStatus.AlreadyExists when write.MayHaveRun || keepsChosenIds => PartFollowUp.Correct,
        WriteStatus.VersionMismatch when write.MayHaveRun => PartFollowUp.Correct,
        _ => PartFollowUp.None,
    };

    // Null leaves open whether the write was performed.
    private static WriteStatus? StatusOf(WriteOperation operation, int status, string? code)
    {
        if (ErrorCodes.IsRecordAbsent(code) && status is 404 or 400)
        {
            return StatusOfAbsent(operation.Kind);
        }

        return code switch
        {
            ErrorCodes.EntityChanged => WriteStatus.VersionMismatch,
            ErrorCodes.SameKeyExists => WriteStatus.AlreadyExists,
            ErrorCodes.TooManyRequests or ErrorCodes.TenantUnavailable => WriteStatus.Transient,
            _ => StatusOf(operation, status, hasCode: code is not null),
        };
    }

    private static WriteStatus StatusOfAbsent(WriteKind kind) => kind switch
    {
        WriteKind.Insert => WriteStatus.Rejected,
        WriteKind.Update => WriteStatus.NotFound,
        _ => WriteStatus.Applied,
    };

    private static WriteStatus? StatusOf(WriteOperation operation, int status, bool hasCode) => status switch
    {
        412 => WriteStatus.VersionMismatch,
        409 when !hasCode && operation.ExpectedVersion is not null => WriteStatus.VersionMismatch,

        // Without a code the response is the gateway's, which knows nothing about the record.
        404 when !hasCode => WriteStatus.Transient,
        429 => WriteStatus.Transient,
        503 when hasCode => WriteStatus.Transient,
        501 => WriteStatus.Rejected,

        // Neither performed nor refused: a redirection, an invalid status, or a gateway's.
        < 400 or 408 or >= 500 => null,
        _ => WriteStatus.Rejected,
    };

    private static SyncError ErrorOf(WriteOperation operation, WriteStatus status, int http, ServiceError error)
    {
        var code = error.Code ?? status switch
        {
            WriteStatus.AlreadyExists => SyncErrorCodes.AlreadyExists,
            WriteStatus.NotFound => SyncErrorCodes.NotFound,
            WriteStatus.Transient => SyncErrorCodes.Transient,
            _ => $"HTTP {http}",
        };
        var text = error.Message ?? $"Business Central refused the write with HTTP {http}.";
        return new SyncError(code, text, NamedField.In(text, operation));
    }
}
