namespace Dataverse.Sync;

/// <summary>The settings of one run that differ from its mapping's.</summary>
/// <remarks>They are checked when the run starts, before anything is read; every problem is reported in one <see cref="SyncConfigurationException"/>.</remarks>
public sealed record SyncRunOptions
{
    /// <summary>Options that change nothing.</summary>
    public static SyncRunOptions Default { get; } = new();

    /// <summary>
    /// Whether uncoupled records without a match are left alone. Null follows the mapping in a run of modified records, and creates
    /// them in a full run or a run of named records, as Business Central does.
    /// </summary>
    public bool? OnlyCoupledRecords { get; init; }

    /// <summary>Whose values count for pairs never synchronized before. Null: the local ones in a full run, a conflict otherwise.</summary>
    public FirstSynchronization? FirstSynchronization { get; init; }

    /// <summary>How fields changed on both sides are decided; null follows the mapping.</summary>
    public UpdateConflictPolicy? UpdateConflictPolicy { get; init; }

    /// <summary>Whether the run may delete more than the mapping's <see cref="IIntegrationTableMapping.MaximumDeletionShare"/>.</summary>
    public bool AllowsMassDeletion { get; init; }

    /// <summary>
    /// Whether failed records are tried again although their time has not come. Those with <see cref="SyncErrorCodes.OutcomeUndecidable"/> are
    /// left out: they are tried again by name only, see <see cref="SyncIssues.RetryAsync"/>.
    /// </summary>
    public bool RetriesAllFailures { get; init; }

    /// <summary>The greatest number of records a page, at least 1; null leaves it to the connectors.</summary>
    public int? PageSize { get; init; }

    /// <summary>Is told after every page how far the run has come.</summary>
    public IProgress<SyncProgress>? Progress { get; init; }
}
