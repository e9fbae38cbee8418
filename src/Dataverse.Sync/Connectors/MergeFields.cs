namespace Dataverse.Sync;

/// <summary>The fields by which a system tells that a record was merged into another one and remains as its shadow.</summary>
/// <remarks>
/// The engine reads them together with the other fields. A merged record is never matched and never created on the
/// other side, and its coupling moves to the survivor. In Dataverse, they are <c>masterid</c> and <c>merged</c>.
/// </remarks>
public sealed record MergeFields
{
    /// <summary>
    /// The field that refers to the survivor: the record that took over what the merged record stood for. Blank in a record
    /// that is not merged.
    /// </summary>
    public required string Survivor { get; init; }

    /// <summary>
    /// The field that is true in a merged record, also if the survivor was deleted; null if there is none.
    /// </summary>
    public string? Flag { get; init; }
}
