using System.Collections.Concurrent;

namespace Dataverse.Sync;

/// <summary>The run in which a rule is called.</summary>
public sealed class SyncRunContext
{
    internal SyncRunContext(IIntegrationTableMapping mapping, SyncScope scope, ITableConnector local, ITableConnector integration, TimeProvider timeProvider, bool isPreview)
    {
        Mapping = mapping;
        Scope = scope;
        Local = local;
        Integration = integration;
        TimeProvider = timeProvider;
        IsPreview = isPreview;
    }

    /// <summary>The mapping that runs.</summary>
    public IIntegrationTableMapping Mapping { get; }

    /// <summary>The scope of the run.</summary>
    public SyncScope Scope { get; }

    /// <summary>The local system, for look-ups; do not write through it.</summary>
    public ITableConnector Local { get; }

    /// <summary>The integration system, for look-ups; do not write through it.</summary>
    public ITableConnector Integration { get; }

    /// <summary>The clock of the engine.</summary>
    public TimeProvider TimeProvider { get; }

    /// <summary>Whether nothing will be written.</summary>
    public bool IsPreview { get; }

    /// <summary>What rules keep for the length of this run, such as a table read once. Safe for concurrent use.</summary>
    public ConcurrentDictionary<object, object> Items { get; } = new();
}
