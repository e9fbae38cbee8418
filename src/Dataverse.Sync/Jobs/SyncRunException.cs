namespace Dataverse.Sync;

/// <summary>At least one mapping of a run of all mappings was not run to its end.</summary>
/// <remarks>
/// It is thrown after every mapping that could be run was run. Each mapping has a job: those that ran to their end are
/// <see cref="SyncJobStatus.Finished"/>, those that an error stopped or kept from starting are
/// <see cref="SyncJobStatus.Stopped"/>, and those that depend on one of them are <see cref="SyncJobStatus.Skipped"/>.
/// A cancellation is not one of the errors; it is thrown as <see cref="OperationCanceledException"/>.
/// </remarks>
public sealed class SyncRunException : SyncException
{
    /// <summary>Initializes a new instance of the <see cref="SyncRunException"/> class.</summary>
    /// <param name="jobs">One job per mapping.</param>
    /// <param name="innerExceptions">The exceptions that stopped mappings or kept them from starting; at least one.</param>
    /// <exception cref="ArgumentNullException">
    /// <paramref name="jobs"/> or <paramref name="innerExceptions"/> is null.
    /// </exception>
    public SyncRunException(IReadOnlyList<SyncJob> jobs, IReadOnlyList<Exception> innerExceptions)
        : base(Describe(jobs, innerExceptions), innerExceptions is [var first, ..] ? first : null)
    {
        Jobs = jobs;
        InnerExceptions = innerExceptions;
    }

    /// <summary>One job per mapping, in the order in which the mappings ran or would have run.</summary>
    public IReadOnlyList<SyncJob> Jobs { get; }

    /// <summary>
    /// The exceptions that stopped mappings or kept them from starting, in the order of <see cref="Jobs"/>. A skipped
    /// mapping has none.
    /// </summary>
    public IReadOnlyList<Exception> InnerExceptions { get; }

    /// <summary>What a preview found about the mappings that could be previewed; null for a run.</summary>
    public SyncPreview? Preview { get; init; }

    private static string Describe(IReadOnlyList<SyncJob> jobs, IReadOnlyList<Exception> innerExceptions)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(innerExceptions);
        var notRun = jobs.Where(job => job.Status is SyncJobStatus.Stopped or SyncJobStatus.Skipped).ToList();
        return $"{notRun.Count} of {jobs.Count} mappings were not run to their end:{Environment.NewLine}- "
            + string.Join(
                Environment.NewLine + "- ", notRun.Select(job => $"{job.Key.Mapping} ({job.Status}): {job.Message}"));
    }
}
