using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>The response to one write of a <c>$batch</c>.</summary>
internal sealed class BatchAnswer(BatchResponse response, TimeProvider timeProvider) : PartAnswer
{
    /// <inheritdoc/>
    public override TimeSpan? RetryAfter { get; } =
        Http.RetryAfter.Parse(response.Header("Retry-After"), timeProvider.GetUtcNow());

    /// <inheritdoc/>
    public override PartFollowUp Apply(PendingWrite write)
    {
        if (response.IsSuccess && !IsAboutAnother(write))
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
            return WriteRefusal.Open(write);
        }

        var otherwise = StatusOf(write, response.Status, hasCode: code is not null, error.Message);
        return WriteRefusal.Apply(write, code, error.Message, ErrorOf(error), otherwise);
    }

    // The responses are in the order of the writes; one that names a record must name the write's.
    private bool IsAboutAnother(PendingWrite write) =>
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

    private SyncError ErrorOf(ServiceError error) =>
        new(error.Code ?? $"HTTP {response.Status}", error.Message ?? $"The service answered HTTP {response.Status}.");
}
