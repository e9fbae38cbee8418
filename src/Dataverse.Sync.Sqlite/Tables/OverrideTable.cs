namespace Dataverse.Sync.Sqlite;

/// <summary>The table of the differences between mappings and their defaults.</summary>
internal static class OverrideTable
{
    public static IReadOnlyList<StoredOverride> List(FileConnection connection, string scope) => connection.Prepared(
        """
        SELECT mapping, version, document, changed_on FROM mapping_override WHERE scope = ?1 ORDER BY mapping
        """)
        .Bind(1, scope)
        .List(row => new StoredOverride
        {
            Mapping = row.Text(0),
            Version = row.Int64(1),
            Document = row.TextOrNull(2),
            ChangedOn = row.Instant(3),
        });

    /// <summary>Stores an override with the next version; false if the stored one has another version.</summary>
    public static bool TrySave(FileConnection connection, string scope, StoredOverride change)
    {
        if (ReadVersion(connection, scope, change.Mapping) != change.Version)
        {
            return false;
        }

        _ = connection.Prepared(
            """
            INSERT OR REPLACE INTO mapping_override (scope, mapping, version, document, changed_on)
            VALUES (?1, ?2, ?3, ?4, ?5)
            """)
            .Bind(1, scope).Bind(2, change.Mapping).Bind(3, change.Version + 1).Bind(4, change.Document)
            .Bind(5, change.ChangedOn)
            .Execute();
        return true;
    }

    private static long ReadVersion(FileConnection connection, string scope, string mapping) => connection.Prepared(
        "SELECT version FROM mapping_override WHERE scope = ?1 AND mapping = ?2")
        .Bind(1, scope).Bind(2, mapping)
        .FirstOrDefault(row => row.Int64OrNull(0)) ?? 0;
}
