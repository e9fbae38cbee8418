namespace Dataverse.Sync.Sqlite;

/// <summary>The table of conflicts, the only one that contains field values.</summary>
internal static class ConflictTable
{
    private const string Columns = "id, kind, local_id, integration_id, fields, detected_on, resolution, resolved_on";

    private static readonly string ListAll = ListWhere("true");
    private static readonly string ListOpen = ListWhere("resolution = 0");

    public static List<RecordConflict> ListAfter(
        FileConnection connection, MappingKey key, bool includeResolved, RecordConflict? last, int limit) =>
        connection.Prepared(includeResolved ? ListAll : ListOpen)
            .Bind(key)
            .Bind(3, last?.DetectedOn.UtcTicks ?? -1).Bind(4, last?.Id ?? Guid.Empty)
            .Bind(5, limit)
            .List(Read);

    public static void Save(FileConnection connection, long mapping, IReadOnlyList<RecordConflict> conflicts)
    {
        var statement = connection.Prepared(
            $"""
            INSERT INTO conflict (mapping_id, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            ON CONFLICT (mapping_id, id) DO UPDATE
            SET kind = excluded.kind, local_id = excluded.local_id, integration_id = excluded.integration_id,
                fields = excluded.fields, detected_on = excluded.detected_on, resolution = excluded.resolution,
                resolved_on = excluded.resolved_on
            """);
        foreach (var conflict in conflicts)
        {
            _ = statement
                .Bind(1, mapping)
                .Bind(2, conflict.Id)
                .Bind(3, (long)conflict.Kind)
                .Bind(4, conflict.LocalId)
                .Bind(5, conflict.IntegrationId)
                .Bind(6, FieldConflictCodec.Write(conflict.Fields))
                .Bind(7, conflict.DetectedOn)
                .Bind(8, (long)conflict.Resolution)
                .Bind(9, conflict.ResolvedOn)
                .Execute();
        }
    }

    /// <summary>Marks the open conflicts of pairs that are no longer coupled as lapsed.</summary>
    public static void Lapse(
        FileConnection connection, long mapping, List<(Guid Local, Guid Integration)> pairs, DateTimeOffset now)
    {
        foreach (var (local, integration) in pairs)
        {
            var open = connection.Prepared(
                $"""
                SELECT {Columns} FROM conflict
                WHERE mapping_id = ?1 AND local_id = ?2 AND integration_id = ?3 AND resolution = 0
                """)
                .Bind(1, mapping).Bind(2, local).Bind(3, integration).List(Read);
            Save(connection, mapping, open.ConvertAll(conflict => conflict.Lapse(now)));
        }
    }

    private static RecordConflict Read(Row row) => new()
    {
        Id = row.Guid(0),
        Kind = (ConflictKind)row.Byte(1),
        LocalId = row.Guid(2),
        IntegrationId = row.Guid(3),
        Fields = FieldConflictCodec.Read(row.Blob(4)),
        DetectedOn = row.Instant(5),
        Resolution = (ConflictResolution)row.Byte(6),
        ResolvedOn = row.InstantOrNull(7),
    };

    private static string ListWhere(string condition) =>
        $"""
        SELECT {Columns} FROM conflict
        WHERE mapping_id = {MappingTable.IdOfKey} AND {condition} AND (detected_on, id) > (?3, ?4)
        ORDER BY detected_on, id LIMIT ?5
        """;
}
