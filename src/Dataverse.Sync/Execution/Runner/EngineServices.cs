using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.Execution;

/// <summary>The services that all runs of an engine share.</summary>
internal sealed record EngineServices
{
    public required Sides<ITableConnector> Systems { get; init; }

    public required LinkedCouplingStore Store { get; init; }

    public required ISyncJobLog JobLog { get; init; }

    public required IReadOnlyList<ISyncRule> Rules { get; init; }

    public required EngineScope Scope { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required ILogger Logger { get; init; }

    public required TimeSpan LeaseDuration { get; init; }

    public required TimeSpan UncertainWriteWindow { get; init; }

    public required TimeSpan SchemaLifetime { get; init; }

    public required int MaxConcurrentMappings { get; init; }

    public required MappingCatalog Catalog { get; init; }

    public required OverrideReader Overrides { get; init; }

    public required Func<Guid> NewId { get; init; }

    public NewRecordIds NewRecordIds { get; init; }

    /// <summary>The relationships by which the systems delete further records.</summary>
    public CascadeCatalog Cascades { get; } = new();

    /// <summary>The ids that runs have listed.</summary>
    public SeenKeys SeenKeys { get; private init; } = new();

    /// <summary>Whether the runs are previews, which are neither logged, traced, nor measured.</summary>
    public bool IsPreview { get; private init; }

    /// <summary>Returns the services for a preview, with a store that changes nothing, another job log, and no log messages.</summary>
    public EngineServices ForPreview(ISyncJobLog jobLog) =>
        this with
        {
            Store = new(new PreviewCouplingStore(Store.Inner), Store.Links),
            JobLog = jobLog,
            Logger = NullLogger.Instance,
            IsPreview = true,
            SeenKeys = SeenKeys.ForPreview(),
        };

    /// <summary>Returns a job that starts now.</summary>
    public SyncJob NewJob(IIntegrationTableMapping mapping, SyncJobKind kind) => new()
    {
        Id = NewId(),
        Key = KeyOf(mapping.Name),
        Kind = kind,
        Direction = mapping.Direction,
        StartedOn = TimeProvider.GetUtcNow(),
    };

    /// <summary>Returns the key of a mapping in the store.</summary>
    public MappingKey KeyOf(string mapping) => new(Scope.Current.Name, mapping);

    /// <summary>Returns the key of a mapping for reading the store outside a run.</summary>
    public async ValueTask<MappingKey> KeyAsync(string mapping, CancellationToken cancellationToken)
    {
        var scope = await Scope.FindAsync(cancellationToken).ConfigureAwait(false);
        return new(scope.Name, mapping);
    }

    /// <summary>Lists something of a mapping from the store.</summary>
    public async IAsyncEnumerable<T> ListAsync<T>(
        string mapping,
        Func<MappingKey, IAsyncEnumerable<T>> list,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = await KeyAsync(mapping, cancellationToken).ConfigureAwait(false);
        await foreach (var item in list(key).ConfigureAwait(false))
        {
            yield return item;
        }
    }
}
