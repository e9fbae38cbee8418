namespace Dataverse.Sync.Sqlite;

/// <summary>What version 3 changes: the awaited mappings are a JSON list of names, and one error code has another name.</summary>
/// <remarks>
/// Version 2 joined the names of several awaited mappings with a vertical bar, which a name may contain as well. So the list keeps the joined
/// text beside its parts: a name that no mapping has is awaited in vain and does no harm.
/// </remarks>
internal static class SchemaVersion3
{
    public const string Script =
        """
        ALTER TABLE failure RENAME COLUMN awaited_mapping TO awaited_mappings;
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
