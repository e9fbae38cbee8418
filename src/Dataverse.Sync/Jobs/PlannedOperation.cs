namespace Dataverse.Sync;

/// <summary>A write that a run in the same state would perform.</summary>
public sealed record PlannedOperation
{
    /// <summary>The name of the mapping.</summary>
    public required string Mapping { get; init; }

    /// <summary>The side to which the run would write.</summary>
    public required SyncSide Side { get; init; }

    /// <summary>The table to which the run would write.</summary>
    public required string Table { get; init; }

    /// <summary>Whether the run would insert, update, or delete the record.</summary>
    public required WriteKind Kind { get; init; }

    /// <summary>
    /// Whether the system itself would delete the record as a consequence of another deletion. Its partner stays.
    /// </summary>
    public bool IsCascade { get; init; }

    /// <summary>The id of the record.</summary>
    /// <remarks>For an insert, the run chooses another id. It is the zero GUID if the system chooses the ids.</remarks>
    public required Guid RecordId { get; init; }

    /// <summary>The fields with the values that would be written; empty for a deletion.</summary>
    /// <remarks>
    /// A value that does not exist before another record is really inserted, such as its number, is shown as "(new)".
    /// </remarks>
    public required IReadOnlyList<FieldWrite> Fields { get; init; }
}
