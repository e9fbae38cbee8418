namespace Dataverse.Sync;

/// <summary>A write that a run on the same state would perform.</summary>
public sealed record PlannedOperation
{
    /// <summary>The mapping.</summary>
    public required string Mapping { get; init; }

    /// <summary>The side that would be written to.</summary>
    public required SyncSide Side { get; init; }

    /// <summary>The table.</summary>
    public required string Table { get; init; }

    /// <summary>What would be done.</summary>
    public required WriteKind Kind { get; init; }

    /// <summary>The record; for an insert an id that the run would choose anew, or the zero GUID where the system chooses.</summary>
    public required Guid RecordId { get; init; }

    /// <summary>The fields with their values. A value that only the real insert of another record brings about, such as a number, is shown as "(new)".</summary>
    public required IReadOnlyList<FieldWrite> Fields { get; init; }
}
