using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The table of conflicts, the only one that contains field values.</summary>
internal static class ConflictTable
{
    private const string Columns =
        "id, kind, local_id, integration_id, fields, detected_on, resolution, resolved_on, has_values, reason";

    private const string Upsert =
        $"""
        INSERT INTO [schema].conflict (mapping_id, {Columns})
        SELECT $1, id, kind, local_id, integration_id, fields, detected_on, resolution, resolved_on, has_values = 1, reason
        FROM unnest($2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS added ({Columns})
        ON CONFLICT (mapping_id, id) DO UPDATE
        SET kind = excluded.kind, local_id = excluded.local_id, integration_id = excluded.integration_id,
            fields = excluded.fields, detected_on = excluded.detected_on, resolution = excluded.resolution,
            resolved_on = excluded.resolved_on, has_values = excluded.has_values, reason = excluded.reason
        """;

    private const string ListAll =
        $"""
        SELECT {Columns}, mapping_id FROM [schema].conflict
        WHERE mapping_id = {MappingTable.IdOfKey} AND (detected_on, id) > ($3, $4) ORDER BY detected_on, id LIMIT $5
        """;

    private const string ListOpen =
        $"""
        SELECT {Columns}, mapping_id FROM [schema].conflict
        WHERE mapping_id = {MappingTable.IdOfKey} AND resolution = 0 AND (detected_on, id) > ($3, $4)
        ORDER BY detected_on, id LIMIT $5
        """;

    public static Task<long> CountOpenAsync(
        StoreConnection connection, MappingKey key, CancellationToken cancellationToken) =>
        connection.FirstOrDefaultAsync(
            new Statement(
                $"SELECT count(*) FROM [schema].conflict WHERE mapping_id = {MappingTable.IdOfKey} AND resolution = 0").Key(key),
            row => row.Int64(0),
            cancellationToken);

    public static Task<List<RecordConflict>> ListAfterAsync(
        StoreConnection connection,
        MappingKey key,
        bool includeResolved,
        RecordConflict? last,
        int limit,
        CancellationToken cancellationToken) =>
        connection.ListAsync(
            new Statement(includeResolved ? ListAll : ListOpen)
                .Key(key)
                .Number(last?.DetectedOn.UtcTicks ?? -1).Id(last?.Id ?? Guid.Empty)
                .Number(limit),
            row => Read(connection, row),
            cancellationToken);

    public static IEnumerable<Statement> Save(
        StoreConnection connection, long mapping, IReadOnlyCollection<RecordConflict> entries)
    {
        if (entries.Count == 0)
        {
            yield break;
        }

        var conflicts = Latest.Of(entries, conflict => conflict.Id);
        yield return new Statement(Upsert)
            .Number(mapping)
            .Ids(conflicts, conflict => conflict.Id)
            .Numbers(conflicts, conflict => (long)conflict.Kind)
            .Ids(conflicts, conflict => conflict.LocalId)
            .Ids(conflicts, conflict => conflict.IntegrationId)
            .Blobs(conflicts, conflict => Pack(connection, mapping, conflict))
            .Instants(conflicts, conflict => conflict.DetectedOn)
            .Numbers(conflicts, conflict => (long)conflict.Resolution)
            .Instants(conflicts, conflict => conflict.ResolvedOn)
            .Numbers(conflicts, conflict => conflict.ValuesRemoved ? 0 : 1)
            .Texts(conflicts, conflict => conflict.Reason);
    }

    /// <summary>Marks the open conflicts of pairs that are no longer coupled as lapsed.</summary>
    public static async Task LapseAsync(
        StoreConnection connection,
        long mapping,
        List<RecordPair> pairs,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        if (pairs.Count == 0)
        {
            return;
        }

        var open = await connection.ListAsync(
            new Statement(
                $"""
                SELECT {Columns}, mapping_id FROM [schema].conflict
                WHERE mapping_id = $1 AND local_id = any($2) AND resolution = 0
                    AND (local_id, integration_id) IN (SELECT * FROM unnest($2, $3))
                """)
                .Number(mapping).Ids(pairs, pair => pair.Local).Ids(pairs, pair => pair.Integration),
            row => Read(connection, row),
            cancellationToken).ConfigureAwait(false);
        if (open.Count > 0)
        {
            var lapsed = Save(connection, mapping, open.ConvertAll(conflict => conflict.Lapse(now)));
            await connection.RunAsync(lapsed, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the columns of a conflict and of its mapping.</summary>
    public static RecordConflict Read(StoreConnection connection, Row row)
    {
        var id = row.Guid(0);
        return new()
        {
            Id = id,
            Kind = (ConflictKind)row.Byte(1),
            LocalId = row.Guid(2),
            IntegrationId = row.Guid(3),
            Fields = FieldConflictCodec.Read(
                connection.Reveal(row.Blob(4), ValueSlot.OfConflict(row.Int64(10), id))),
            DetectedOn = row.Instant(5),
            Resolution = (ConflictResolution)row.Byte(6),
            ResolvedOn = row.InstantOrNull(7),
            ValuesRemoved = !row.Boolean(8),
            Reason = row.TextOrNull(9),
        };
    }

    /// <summary>The stored form of the fields of a conflict.</summary>
    public static byte[] Pack(StoreConnection connection, long mapping, RecordConflict conflict) => connection.Protect(
        FieldConflictCodec.Write(conflict.Fields), ValueSlot.OfConflict(mapping, conflict.Id));
}
