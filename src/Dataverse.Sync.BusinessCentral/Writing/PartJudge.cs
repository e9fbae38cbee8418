using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>What the refusal of one part of a batch means. The code decides first, then the status.</summary>
internal static class PartJudge
{
    /// <summary>Judges a part that is no success; null when it leaves open whether the write was done.</summary>
    public static WriteResult? Refused(WriteOperation operation, BatchPart part)
    {
        var error = ServiceError.Parse(part.Body.Span);
        return StatusOf(operation, part.Status, error.Code) is { } status ? Result(operation, status, part.Status, error) : null;
    }

    private static WriteStatus? StatusOf(WriteOperation operation, int status, string? code)
    {
        if (ErrorCodes.IsRecordAbsent(code) && status is 404 or 400)
        {
            return operation.Kind switch
            {
                WriteKind.Insert => WriteStatus.Rejected,
                WriteKind.Update => WriteStatus.NotFound,
                _ => WriteStatus.Applied,
            };
        }

        return (code, status) switch
        {
            (ErrorCodes.EntityChanged, _) or (_, 412) => WriteStatus.VersionMismatch,
            (ErrorCodes.SameKeyExists, _) => WriteStatus.AlreadyExists,
            (ErrorCodes.TooManyRequests or ErrorCodes.TenantUnavailable, _) => WriteStatus.Transient,
            (null, 409) when operation.ExpectedVersion is not null => WriteStatus.VersionMismatch,
            // Without a code of its own this is the gateway's, which says nothing about the record.
            (null, 404) or (_, 429 or 503) => WriteStatus.Transient,
            // Neither done nor refused: a redirection, a status that there is none of, or a gateway's.
            (_, < 400 or 408 or 500 or 502 or >= 504) => null,
            _ => WriteStatus.Rejected,
        };
    }

    private static WriteResult Result(WriteOperation operation, WriteStatus status, int http, ServiceError error)
    {
        if (status == WriteStatus.Applied)
        {
            return new WriteResult { Status = status, Id = operation.Id };
        }

        var code = error.Code ?? status switch
        {
            WriteStatus.AlreadyExists => SyncErrorCodes.AlreadyExists,
            WriteStatus.NotFound => SyncErrorCodes.NotFound,
            WriteStatus.Transient => SyncErrorCodes.Transient,
            _ => $"HTTP {http}",
        };
        var text = error.Message ?? $"Business Central refused the write with HTTP {http}.";
        return new WriteResult { Status = status, Id = operation.Kind == WriteKind.Insert ? Guid.Empty : operation.Id, Error = new SyncError(code, text, FieldIn(text, operation)) };
    }

    /// <summary>The field that a text names in quotation marks, as in "Control 'balance' is read-only."</summary>
    private static string? FieldIn(string text, WriteOperation operation) => operation.Fields
        .Select(write => write.Field)
        .FirstOrDefault(field => text.Contains($"'{field}'", StringComparison.Ordinal) || text.Contains($"\"{field}\"", StringComparison.Ordinal));
}
