using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of records that a system deletes as a consequence of a deletion.</summary>
internal static class AnnouncedDeletionTable
{
    public static async Task<IReadOnlyList<AnnouncedDeletion>> ListAsync(
        StoreConnection connection, MappingKey key, CancellationToken cancellationToken)
    {
        var found = await connection.ListAsync(
            new Statement(
                $"""
                SELECT side, record_id, announced_on FROM [schema].announced_deletion
                WHERE mapping_id = {MappingTable.IdOfKey} ORDER BY side, record_id
                """)
                .Key(key),
            row => new AnnouncedDeletion(key.Mapping, new((SyncSide)row.Byte(0), row.Guid(1)), row.Instant(2)),
            cancellationToken).ConfigureAwait(false);

        // States without announcements are equal.
        return found.Count == 0 ? Array.Empty<AnnouncedDeletion>() : found;
    }

    public static IEnumerable<Statement> Remove(string scope, IReadOnlyCollection<AnnouncedDeletion> deletions)
    {
        if (deletions.Count > 0)
        {
            yield return new Statement(
                """
                DELETE FROM [schema].announced_deletion AS announced
                USING unnest($2, $3, $4) AS withdrawn (name, side, record_id)
                JOIN [schema].mapping AS mapping ON mapping.scope = $1 AND mapping.name = withdrawn.name
                WHERE announced.mapping_id = mapping.id AND announced.side = withdrawn.side
                    AND announced.record_id = withdrawn.record_id
                """)
                .Text(scope)
                .Texts(deletions, deletion => deletion.Mapping)
                .Numbers(deletions, deletion => (long)deletion.Record.Side)
                .Ids(deletions, deletion => deletion.Record.Id);
        }
    }

    /// <summary>Stores announcements to mappings that exist.</summary>
    public static IEnumerable<Statement> Save(string scope, IReadOnlyCollection<AnnouncedDeletion> entries)
    {
        if (entries.Count == 0)
        {
            yield break;
        }

        var deletions = Latest.Of(entries, deletion => (deletion.Mapping, deletion.Record));
        yield return new Statement(
            """
            INSERT INTO [schema].announced_deletion (mapping_id, side, record_id, announced_on)
            SELECT mapping.id, added.side, added.record_id, added.announced_on
            FROM unnest($2, $3, $4, $5) AS added (name, side, record_id, announced_on)
            JOIN [schema].mapping AS mapping ON mapping.scope = $1 AND mapping.name = added.name
            ON CONFLICT (mapping_id, side, record_id) DO UPDATE SET announced_on = excluded.announced_on
            """)
            .Text(scope)
            .Texts(deletions, deletion => deletion.Mapping)
            .Numbers(deletions, deletion => (long)deletion.Record.Side)
            .Ids(deletions, deletion => deletion.Record.Id)
            .Instants(deletions, deletion => deletion.AnnouncedOn);
    }
}
