namespace Dataverse.Sync.Sqlite;

/// <summary>Version 7 stores to which systems each scope belongs, and which integration tables it uses.</summary>
internal static class SchemaVersion7
{
    public const string Script =
        """
        CREATE TABLE scope (
            name TEXT PRIMARY KEY,
            local_id TEXT,
            integration_id TEXT,
            local_identity TEXT,
            integration_identity TEXT,
            tables TEXT,
            revision INTEGER NOT NULL);
        """;
}
