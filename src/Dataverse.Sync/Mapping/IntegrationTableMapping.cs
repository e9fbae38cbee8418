namespace Dataverse.Sync;

/// <summary>
/// The <see cref="IIntegrationTableMapping"/> that <see cref="IntegrationTableMappingBuilder"/> creates. Its defaults
/// are those of Business Central.
/// </summary>
public sealed record IntegrationTableMapping : IIntegrationTableMapping
{
    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public required string LocalTable { get; init; }

    /// <inheritdoc/>
    public required string IntegrationTable { get; init; }

    /// <inheritdoc/>
    /// <value>The default is true.</value>
    public bool IsEnabled { get; init; } = true;

    /// <inheritdoc/>
    /// <value>The default is <see cref="SyncDirection.Bidirectional"/>.</value>
    public SyncDirection Direction { get; init; }

    /// <inheritdoc/>
    /// <value>The default is null.</value>
    public RecordFilter? LocalFilter { get; init; }

    /// <inheritdoc/>
    /// <value>The default is null.</value>
    public RecordFilter? IntegrationFilter { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<CompanyColumn> CompanyColumns { get; init; } = [];

    /// <inheritdoc/>
    /// <value>The default is false.</value>
    public bool ReadsAllCompanies { get; init; }

    /// <inheritdoc/>
    /// <value>The default is false.</value>
    public bool IsSharedByCompanies { get; init; }

    /// <inheritdoc/>
    /// <value>The default is null.</value>
    public DefaultOwner? DefaultOwner { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<IFieldMapping> Fields { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<RecordTemplate> Templates { get; init; } = [];

    /// <inheritdoc/>
    public IReadOnlyList<MatchGroup> MatchGroups { get; init; } = [];

    /// <inheritdoc/>
    /// <value>The default is true.</value>
    public bool SynchronizesOnlyCoupledRecords { get; init; } = true;

    /// <inheritdoc/>
    /// <value>The default is null.</value>
    public OutsideFilterPolicy? OutsideFilterPolicy { get; init; }

    /// <inheritdoc/>
    /// <value>The default is <see cref="DoubtfulMatchPolicy.Ask"/>.</value>
    public DoubtfulMatchPolicy DoubtfulMatchPolicy { get; init; }

    /// <inheritdoc/>
    /// <value>The default is <see cref="UpdateConflictPolicy.None"/>.</value>
    public UpdateConflictPolicy UpdateConflictPolicy { get; init; }

    /// <inheritdoc/>
    /// <value>The default is <see cref="DeletionPolicy.None"/>.</value>
    public DeletionPolicy DeletionPolicy { get; init; }

    /// <inheritdoc/>
    /// <value>The default is <see cref="CascadePolicy.Ask"/>.</value>
    public CascadePolicy CascadePolicy { get; init; }

    /// <inheritdoc/>
    /// <value>The default is 0.1.</value>
    public double MaximumDeletionShare { get; init; } = 0.1;

    /// <inheritdoc/>
    /// <value>The default is one day.</value>
    public TimeSpan DeletionScanInterval { get; init; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public IReadOnlyList<string> Dependencies { get; init; } = [];

    /// <inheritdoc/>
    /// <value>The default is a <see cref="RetryPolicy"/> with its own defaults.</value>
    public RetryPolicy RetryPolicy { get; init; } = new();

    /// <inheritdoc/>
    public TimeZoneInfo? TimeZone { get; init; }

    /// <inheritdoc/>
    public IReadOnlyList<ISyncRule> Rules { get; init; } = [];
}
