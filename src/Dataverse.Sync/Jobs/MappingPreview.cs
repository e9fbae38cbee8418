namespace Dataverse.Sync;

/// <summary>A summary of the run of one mapping, for the person who decides whether to run it.</summary>
/// <remarks>It consists of what the run itself reads; nothing more is read for it.</remarks>
public sealed record MappingPreview
{
    /// <summary>The name of the mapping.</summary>
    public required string Mapping { get; init; }

    /// <summary>The pairs that would be coupled, by what found the partner, in the order in which it is tried.</summary>
    public IReadOnlyList<MatchCount> Matched { get; init; } = [];

    /// <summary>The records that would be doubtful, by reason, the most frequent first.</summary>
    public IReadOnlyList<DoubtCount> Doubtful { get; init; } = [];

    /// <summary>The number of records that would be created on the local side.</summary>
    public long CreatedLocally { get; init; }

    /// <summary>The number of records that would be created on the integration side.</summary>
    public long CreatedInIntegration { get; init; }

    /// <summary>The values that would lose. A run keeps them as resolved conflicts, except those that a constant replaces.</summary>
    public IReadOnlyList<LosingValue> LosingValues { get; init; } = [];

    /// <summary>
    /// The number of local records outside the filter that the run reads, or null if the system leaves them out.
    /// </summary>
    public long? LocalOutsideFilter { get; init; }

    /// <summary>
    /// The number of integration records outside the filter that the run reads, or null if the system leaves them out.
    /// </summary>
    public long? IntegrationOutsideFilter { get; init; }
}
