namespace Dataverse.Sync.Http;

/// <summary>A page with the time at which the service answered.</summary>
/// <param name="Page">The page.</param>
/// <param name="ServiceTime">The service's clock when it began to answer; null when the response does not state
/// it.</param>
internal sealed record PageResponse(RecordPage Page, DateTimeOffset? ServiceTime)
{
    /// <summary>The records of the page.</summary>
    public IReadOnlyList<TableRecord> Records => Page.Records;

    /// <summary>Whether the collection ends with this page.</summary>
    public bool IsLast => Page.NextLink is null;
}
