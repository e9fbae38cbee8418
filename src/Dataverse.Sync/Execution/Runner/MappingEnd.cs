namespace Dataverse.Sync.Execution;

/// <summary>What became of a mapping in a run of all mappings.</summary>
/// <param name="Job">The job of the mapping.</param>
/// <param name="Failure">The exception that ended it, or null.</param>
internal sealed record MappingEnd(SyncJob Job, Exception? Failure = null)
{
    /// <summary>Whether the mapping was not run to its end, so that those that depend on it are skipped.</summary>
    public bool IsStopped { get; init; }

    /// <summary>The run, if it can be continued and its job is not finished yet; otherwise null.</summary>
    public RunOutcome? Open { get; init; }
}
