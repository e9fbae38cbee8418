namespace Dataverse.Sync;

/// <summary>A page of a change feed.</summary>
public sealed record ChangePage
{
    /// <summary>The records inserted or modified, in their current state. All share one layout, which holds at least the fields asked for.</summary>
    public required IReadOnlyList<TableRecord> Records { get; init; }

    /// <summary>The ids of records that were deleted. Ids that the engine never saw are harmless.</summary>
    public IReadOnlyList<Guid> Deleted { get; init; } = [];

    /// <summary>
    /// Where the next feed may begin once everything up to and including this page is applied; null when only a later page tells.
    /// The last page always has one.
    /// </summary>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>What the feed as a whole covers; the same on all its pages.</summary>
    public ChangeCoverage Coverage { get; init; }
}
