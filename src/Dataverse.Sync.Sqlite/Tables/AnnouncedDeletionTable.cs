namespace Dataverse.Sync.Sqlite;

/// <summary>The table of records that a system deletes as a consequence of a deletion.</summary>
internal static class AnnouncedDeletionTable
{
    public static IReadOnlyList<AnnouncedDeletion> List(FileConnection connection, MappingKey key)
    {
        var found = connection.Prepared(
            $"""
            SELECT side, record_id, announced_on FROM announced_deletion
            WHERE mapping_id = {MappingTable.IdOfKey} ORDER BY side, record_id
            """)
            .Bind(key)
            .List(row => new AnnouncedDeletion(key.Mapping, new((SyncSide)row.Byte(0), row.Guid(1)), row.Instant(2)));

        // States without announcements are equal.
        return found.Count == 0 ? Array.Empty<AnnouncedDeletion>() : found;
    }

    public static void Remove(FileConnection connection, string scope, IReadOnlyList<AnnouncedDeletion> deletions)
    {
        foreach (var deletion in deletions)
        {
            _ = connection.Prepared(
                $"DELETE FROM announced_deletion WHERE mapping_id = {MappingTable.IdOfKey} AND side = ?3 AND record_id = ?4")
                .Bind(new MappingKey(scope, deletion.Mapping))
                .Bind(3, (long)deletion.Record.Side).Bind(4, deletion.Record.Id).Execute();
        }
    }

    // The mapping may not have been run yet.
    public static void Save(FileConnection connection, string scope, IReadOnlyList<AnnouncedDeletion> deletions)
    {
        foreach (var name in deletions.Select(deletion => deletion.Mapping).Distinct())
        {
            MappingTable.Ensure(connection, new(scope, name));
        }

        foreach (var deletion in deletions)
        {
            _ = connection.Prepared(
                $"""
                INSERT INTO announced_deletion (mapping_id, side, record_id, announced_on)
                VALUES ({MappingTable.IdOfKey}, ?3, ?4, ?5)
                ON CONFLICT (mapping_id, side, record_id) DO UPDATE SET announced_on = excluded.announced_on
                """)
                .Bind(new MappingKey(scope, deletion.Mapping))
                .Bind(3, (long)deletion.Record.Side).Bind(4, deletion.Record.Id).Bind(5, deletion.AnnouncedOn).Execute();
        }
    }
}
