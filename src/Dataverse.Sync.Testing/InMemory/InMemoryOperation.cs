namespace Dataverse.Sync.Testing;

/// <summary>The calls of <see cref="ITableConnector"/>. Of the paged ones, every page is a call.</summary>
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
}
