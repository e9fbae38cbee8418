namespace Dataverse.Sync.Hosting;

/// <summary>What was measured of a job queue at one moment.</summary>
internal sealed record QueueMeasures
{
    /// <summary>Nothing was measured yet.</summary>
    public static QueueMeasures None { get; } = new();

    /// <summary>The number of entries in each state that occurs.</summary>
    public IReadOnlyDictionary<JobQueueEntryState, int> Entries { get; init; } = new Dictionary<JobQueueEntryState, int>();

    /// <summary>For each mapping that ever succeeded: when the last run started that did.</summary>
    public IReadOnlyList<MappingSuccess> Successes { get; init; } = [];

    /// <summary>The issues of each mapping.</summary>
    public IReadOnlyList<(string Mapping, IssueCounts Counts)> Issues { get; init; } = [];
}
