namespace Dataverse.Sync.Testing;

/// <summary>The operations of <see cref="ITableConnector"/>. Each page of a paged read is a call of its own.</summary>
public enum InMemoryOperation
{
    /// <summary><see cref="ITableConnector.GetSchemaAsync"/>.</summary>
    GetSchema,

    /// <summary>A page of <see cref="ITableConnector.ReadChangesAsync"/>.</summary>
    ReadChanges,

    /// <summary><see cref="ITableConnector.ReadByIdAsync"/>.</summary>
    ReadById,

    /// <summary><see cref="ITableConnector.FindAsync"/>.</summary>
    Find,

    /// <summary>A page of <see cref="ITableConnector.ReadKeysAsync"/>.</summary>
    ReadKeys,

    /// <summary><see cref="ITableConnector.WriteAsync"/>.</summary>
    Write,

    /// <summary><see cref="ITableConnector.ProbeAsync"/>.</summary>
    Probe,
}
