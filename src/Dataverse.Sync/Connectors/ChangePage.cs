namespace Dataverse.Sync;

/// <summary>A page of a change feed.</summary>
public sealed record ChangePage
{
    /// <summary>
    /// The inserted and modified records in their current state. All share one layout with at least the fields
    /// requested.
    /// </summary>
    public required IReadOnlyList<TableRecord> Records { get; init; }

    /// <summary>The ids of deleted records. Ids that are unknown to the engine are ignored.</summary>
    public IReadOnlyList<Guid> Deleted { get; init; } = [];

    /// <summary>
    /// The position after this page, from which a later feed can continue, or null if there is none here.
    /// </summary>
    /// <remarks>
    /// It may be used once this page and all pages before it are applied. The last page always has a checkpoint.
    /// </remarks>
    public Checkpoint? Checkpoint { get; init; }

    /// <summary>Which records the feed contains. The same on all pages of a feed.</summary>
    public ChangeCoverage Coverage { get; init; }
}
