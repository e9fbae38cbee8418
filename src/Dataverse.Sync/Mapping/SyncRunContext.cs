using System.Collections.Concurrent;

namespace Dataverse.Sync;

/// <summary>The run in which a rule is called.</summary>
public sealed class SyncRunContext
{
    internal SyncRunContext(
        IIntegrationTableMapping mapping,
        SyncScope scope,
        ITableConnector local,
        ITableConnector integration,
        TimeProvider timeProvider,
        bool isPreview)
    {
        Mapping = mapping;
        Scope = scope;
        Local = local;
        Integration = integration;
        TimeProvider = timeProvider;
        IsPreview = isPreview;
    }

    /// <summary>The mapping of the run.</summary>
    public IIntegrationTableMapping Mapping { get; }

    /// <summary>The scope of the engine.</summary>
    public SyncScope Scope { get; }

    /// <summary>The connector of the local side, for look-ups.</summary>
    /// <remarks>
    /// Do not write with it: such writes are not journaled. In a preview it shows planned updates and deletions as if
    /// they were done.
    /// </remarks>
    public ITableConnector Local { get; }

    /// <summary>The connector of the integration side, for look-ups.</summary>
    /// <remarks>
    /// Do not write with it: such writes are not journaled. In a preview it shows planned updates and deletions as if
    /// they were done.
    /// </remarks>
    public ITableConnector Integration { get; }

    /// <summary>The clock of the engine.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Whether the run is a preview, which writes nothing.</summary>
    public bool IsPreview { get; }

    /// <summary>Adds an error of a record to the job.</summary>
    internal Action<RecordKey, SyncError>? Report { get; init; }

    /// <summary>Adds a sentence to the message of the job.</summary>
    internal Action<string>? Note { get; init; }

    /// <summary>Objects that rules keep for the duration of the run, such as a table that is read once.</summary>
    /// <remarks>Safe for concurrent use. Use a key of your own, such as the rule itself or a type.</remarks>
    public ConcurrentDictionary<object, object> Items { get; } = new();
}
