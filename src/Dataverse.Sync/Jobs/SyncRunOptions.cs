namespace Dataverse.Sync;

/// <summary>Settings of one run that override those of its mapping.</summary>
/// <remarks>
/// They are validated when the run starts, before anything is read. One <see cref="SyncConfigurationException"/>
/// reports every problem.
/// </remarks>
public sealed record SyncRunOptions
{
    /// <summary>Options that override nothing.</summary>
    public static SyncRunOptions Default { get; } = new();

    /// <summary>
    /// Whether uncoupled records without a match are left alone instead of being created on the other side.
    /// </summary>
    /// <value>
    /// The default is null: a run of modified records follows
    /// <see cref="IIntegrationTableMapping.SynchronizesOnlyCoupledRecords"/>; a full run and a run of named records
    /// create them.
    /// </value>
    /// <remarks>If true, the run still creates records whose creation failed in an earlier run.</remarks>
    public bool? OnlyCoupledRecords { get; init; }

    /// <summary>
    /// Which values win in pairs, and in fields of pairs, that were never synchronized. A blank never wins over a value.
    /// </summary>
    /// <value>The default is null: the local values win in a full run; otherwise a difference is a conflict.</value>
    public FirstSynchronization? FirstSynchronization { get; init; }

    /// <summary>How conflicts are resolved in fields that were changed on both sides.</summary>
    /// <value>
    /// The default is null, which follows <see cref="IIntegrationTableMapping.UpdateConflictPolicy"/>. The decision of
    /// a rule takes precedence over both.
    /// </value>
    public UpdateConflictPolicy? UpdateConflictPolicy { get; init; }

    /// <summary>
    /// Whether the run may delete, create again, or uncouple the partners of more missing records than
    /// <see cref="IIntegrationTableMapping.MaximumDeletionShare"/> allows.
    /// </summary>
    /// <value>The default is false.</value>
    public bool AllowsMassDeletion { get; init; }

    /// <summary>
    /// The policy for deletions of the run that make the system delete coupled records that nobody deleted.
    /// </summary>
    /// <value>The default is null: the mapping's setting.</value>
    public CascadePolicy? CascadePolicy { get; init; }

    /// <summary>
    /// Whether the run may overwrite values with blanks in more records than
    /// <see cref="IIntegrationTableMapping.MaximumDeletionShare"/> allows.
    /// </summary>
    /// <value>The default is false.</value>
    /// <remarks>
    /// Many fields that turn blank at once may mean that the caller can no longer read them. Check this first.
    /// </remarks>
    public bool AllowsMassBlanking { get; init; }

    /// <summary>Whether failed records are tried again before they are due, including those that are skipped.</summary>
    /// <value>The default is false.</value>
    /// <remarks>
    /// Records with <see cref="SyncErrorCodes.OutcomeUndecidable"/> are tried again only if the run names them, as
    /// <see cref="SyncIssues.RetryAsync"/> does.
    /// </remarks>
    public bool RetriesAllFailures { get; init; }

    /// <summary>Whether a run of all mappings ends with the first mapping that cannot be run to its end.</summary>
    /// <value>The default is false: the mappings that do not depend on that mapping are run.</value>
    /// <remarks>Either way the run ends with a <see cref="SyncRunException"/> that carries the job of every mapping.</remarks>
    public bool StopsAtFirstFailure { get; init; }

    /// <summary>
    /// The maximum number of records per page of a change feed, and of records read by id in one call.
    /// </summary>
    /// <value>
    /// The default is null, which leaves the size of a feed's pages to the connector and reads 1,000 records by id.
    /// Otherwise at least 1.
    /// </value>
    public int? PageSize { get; init; }

    /// <summary>
    /// Receives the progress of the run at the start of every stage, after every page, and at the end.
    /// </summary>
    /// <value>The default is null.</value>
    /// <remarks>
    /// A run of named records reports <see cref="SyncStage.Deletions"/> and <see cref="SyncStage.Finished"/> only. A run of
    /// all mappings reports from several threads at the same time, unless
    /// <see cref="SyncEngineOptions.MaxConcurrentMappings"/> is 1; each report names its mapping.
    /// </remarks>
    public IProgress<SyncProgress>? Progress { get; init; }
}
