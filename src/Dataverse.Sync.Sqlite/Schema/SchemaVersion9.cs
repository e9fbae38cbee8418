namespace Dataverse.Sync.Sqlite;

/// <summary>Version 9 stores how mappings differ from their defaults.</summary>
/// <remarks>A removed difference keeps its row, without a document, because its version must never be given again.</remarks>
internal static class SchemaVersion9
{
    public const string Script =
        """
        CREATE TABLE mapping_override (
            scope TEXT NOT NULL,
            mapping TEXT NOT NULL,
            version INTEGER NOT NULL,
            document TEXT,
            changed_on INTEGER NOT NULL,
            UNIQUE (scope, mapping));
        """;
}
