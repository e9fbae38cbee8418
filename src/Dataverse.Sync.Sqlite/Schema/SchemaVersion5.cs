namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Version 5 stores how many texts a job cut, and the further couplings for which a record with several cleared references
/// waits.
/// </summary>
internal static class SchemaVersion5
{
    public const string Script =
        """
        ALTER TABLE job ADD COLUMN cut_texts INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE failure ADD COLUMN awaited_alternatives TEXT;
        """;
}
