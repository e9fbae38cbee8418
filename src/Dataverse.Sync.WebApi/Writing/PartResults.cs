using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Translates the response to one write of a batch to the write's result.</summary>
internal static class PartResults
{
    /// <summary>Gives the write its result and tells how to proceed with it.</summary>
    public static PartFollowUp Apply(PendingWrite write, BatchResponse response)
    {
        if (response.IsSuccess && !IsAboutAnother(write, response))
        {
            var version = response.Header("ETag");
            write.Applied(version is not null && HeaderValue.IsOne(version) ? version : null);
            return PartFollowUp.None;
        }

        if (response.Status is < 400 or >= 600)
        {
            // Neither performed nor refused, or performed on another record: only the record itself can tell.
            write.Uncertain();
            return PartFollowUp.ReadBack;
        }

        var error = response.ReadError();
        var code = ErrorCodes.Parse(error.Code);
        if (IsOpen(response.Status, code))
        {
            write.Uncertain();
            return PartFollowUp.Decide;
        }

        var status = RefusalRules.StatusOf(write, code, error.Message)
            ?? StatusOf(write, response.Status, hasCode: code is not null, error.Message);
        if (status == WriteStatus.Applied)
        {
            write.Applied();
            return PartFollowUp.None;
        }

        write.Refused(status, ErrorOf(write.Operation, error, response.Status), ErrorCodes.ContradictsSchema(code));
        return FollowUpOf(write, status, code);
    }

    // The responses are in the order of the writes; one that names a record must name the write's.
    private static bool IsAboutAnother(PendingWrite write, BatchResponse response) =>
        response.Header("OData-EntityId") is { } address && RefusalRules.LastIdIn(address) is { } id && id != write.Id;

    // A failure of the database passes, and is rolled back as far as anybody knows. That is not enough to create a record
    // a second time. A status without a code is a gateway's.
    private static bool IsOpen(int status, uint? code) => ErrorCodes.IsDatabaseFault(code)
        || (status is 408 or 500 or 502 or >= 504 && !ErrorCodes.IsNotBegun(code))
        || (status == 503 && code is null);

    private static WriteStatus StatusOf(PendingWrite write, int status, bool hasCode, string? message) => status switch
    {
        401 or 429 or 503 => WriteStatus.Transient,
        404 when !hasCode => RefusalRules.StatusOfMissing(write, message),
        412 when !hasCode && write.Kind == WriteKind.Insert => WriteStatus.AlreadyExists,
        412 when !hasCode && write.Operation.ExpectedVersion is not null => WriteStatus.VersionMismatch,
        _ => WriteStatus.Rejected,
    };

    private static SyncError ErrorOf(WriteOperation operation, ServiceError error, int status)
    {
        var text = error.Message ?? $"The service answered HTTP {status}.";
        return new(error.Code ?? $"HTTP {status}", text, FieldIn(text, ErrorCodes.Parse(error.Code), operation));
    }

    // The text about a user who cannot own a record names the user at most.
    private static string? FieldIn(string text, uint? code, WriteOperation operation) =>
        NamedField.In(text, operation)
        ?? (ErrorCodes.IsAboutOwner(code) && operation.Fields.Any(write => write.Field == ColumnNames.Owner)
            ? ColumnNames.Owner
            : null);

    private static PartFollowUp FollowUpOf(PendingWrite write, WriteStatus status, uint? code) => status switch
    {
        WriteStatus.Transient => PartFollowUp.Repeat,
        WriteStatus.VersionMismatch => PartFollowUp.ReadBack,
        WriteStatus.AlreadyExists when write.Kind == WriteKind.Insert || write.MayHaveRun => PartFollowUp.ReadBack,
        WriteStatus.Rejected when code == ErrorCodes.RowIsInactive && write.Kind == WriteKind.Update => PartFollowUp.Reactivate,
        _ => PartFollowUp.None,
    };
}
