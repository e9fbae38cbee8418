namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Version 3 stores the awaited mappings as a JSON array, renames an error code, and renames a column of conflicts.
/// </summary>
/// <remarks>
/// Version 2 joined the names of several awaited mappings with a vertical bar, which a name can contain too. The array
/// therefore contains the parts and the whole text. A name that no mapping has is harmless: its coupling never appears,
/// and one coupling in any of the others is enough.
/// </remarks>
internal static class SchemaVersion3
{
    public const string Script =
        """
        ALTER TABLE failure RENAME COLUMN awaited_mapping TO awaited_mappings;
        UPDATE failure SET awaited_mappings = CAST(awaited_mappings AS TEXT) WHERE typeof(awaited_mappings) = 'blob';
        UPDATE failure SET awaited_mappings = CASE
            WHEN instr(awaited_mappings, '|') = 0 THEN json_array(awaited_mappings)
            ELSE json_insert('[' || replace(json_quote(awaited_mappings), '|', '","') || ']', '$[#]', awaited_mappings)
            END
        WHERE awaited_mappings IS NOT NULL;
        UPDATE failure SET code = 'ConcurrentModification' WHERE code = 'KeptChanging';
        UPDATE job_error SET code = 'ConcurrentModification' WHERE code = 'KeptChanging';
        ALTER TABLE conflict RENAME COLUMN settled_on TO resolved_on;
        """;
}
