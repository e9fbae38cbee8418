namespace Dataverse.Sync.Shared;

/// <summary>A write as one part of a batch.</summary>
/// <param name="Write">The write.</param>
internal sealed record PartWrite(PendingWrite Write)
{
    /// <summary>
    /// The state and status to which the record is returned, because it is inactive and refuses the write: it is
    /// activated, changed, and returned in one transaction. Null for a write that is sent as it is.
    /// </summary>
    public IReadOnlyList<FieldWrite>? ReturnsTo { get; init; }
}
