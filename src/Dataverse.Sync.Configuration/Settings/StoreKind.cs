namespace Dataverse.Sync.Configuration;

/// <summary>The stores that a section can name.</summary>
internal enum StoreKind
{
    /// <summary>An <see cref="InMemoryCouplingStore"/>, for tests.</summary>
    InMemory,

    /// <summary>An SQLite file.</summary>
    Sqlite,

    /// <summary>A PostgreSQL database.</summary>
    PostgreSql,
}
