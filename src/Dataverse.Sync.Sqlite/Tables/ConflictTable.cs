using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>The table of conflicts, the only one that contains field values.</summary>
internal static class ConflictTable
{
    private const string Columns =
        "id, kind, local_id, integration_id, fields, detected_on, resolution, resolved_on, has_values, mapping_id, "
        + "reason";

    // Bounds the time for which the start of a run holds the write lock.
    private const int RemovedAtOnce = 1_000;

    private static readonly string ListAll = ListWhere("true");
    private static readonly string ListOpen = ListWhere("resolution = 0");

    public static List<RecordConflict> ListAfter(
        FileConnection connection, MappingKey key, bool includeResolved, RecordConflict? last, int limit) =>
        connection.Prepared(includeResolved ? ListAll : ListOpen)
            .Bind(key)
            .Bind(3, last?.DetectedOn.UtcTicks ?? -1).Bind(4, last?.Id ?? Guid.Empty)
            .Bind(5, limit)
            .List(row => Read(connection, row));

    public static long CountOpen(FileConnection connection, MappingKey key) =>
        connection.Prepared($"SELECT count(*) FROM conflict WHERE mapping_id = {MappingTable.IdOfKey} AND resolution = 0")
            .Bind(key)
            .FirstOrDefault(row => row.Int64(0));

    public static void Save(FileConnection connection, long mapping, IReadOnlyList<RecordConflict> conflicts)
    {
        var statement = connection.Prepared(
            $"""
            INSERT INTO conflict ({Columns}) VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?1, ?11)
            ON CONFLICT (mapping_id, id) DO UPDATE
            SET kind = excluded.kind, local_id = excluded.local_id, integration_id = excluded.integration_id,
                fields = excluded.fields, detected_on = excluded.detected_on, resolution = excluded.resolution,
                resolved_on = excluded.resolved_on, has_values = excluded.has_values, reason = excluded.reason
            """);
        foreach (var conflict in conflicts)
        {
            _ = statement
                .Bind(1, mapping)
                .Bind(2, conflict.Id)
                .Bind(3, (long)conflict.Kind)
                .Bind(4, conflict.LocalId)
                .Bind(5, conflict.IntegrationId)
                .Bind(6, Pack(connection, mapping, conflict))
                .Bind(7, conflict.DetectedOn)
                .Bind(8, (long)conflict.Resolution)
                .Bind(9, conflict.ResolvedOn)
                .Bind(10, conflict.ValuesRemoved ? 0L : 1L)
                .Bind(11, conflict.Reason)
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
                .Bind(1, mapping).Bind(2, local).Bind(3, integration).List(row => Read(connection, row));
            Save(connection, mapping, open.ConvertAll(conflict => conflict.Lapse(now)));
        }
    }

    /// <summary>Removes the values of conflicts that were decided by a point in time, the oldest first.</summary>
    public static void RemoveValues(FileConnection connection, DateTimeOffset decidedBy)
    {
        var expired = connection.Prepared(
            $"""
            SELECT {Columns}, rowid FROM conflict
            WHERE resolution <> 0 AND has_values = 1 AND ifnull(resolved_on, detected_on) <= ?1
            ORDER BY ifnull(resolved_on, detected_on) LIMIT {RemovedAtOnce}
            """)
            .Bind(1, decidedBy)
            .List(row => (RowId: row.Int64(11), Fields: WithoutValues(connection, row)));
        if (expired.Count == 0)
        {
            return;
        }

        // Freed pages are overwritten too, not only freed space in pages that stay.
        connection.Run("PRAGMA secure_delete = ON");
        foreach (var (rowId, fields) in expired)
        {
            _ = connection.Prepared("UPDATE conflict SET fields = ?2, has_values = 0 WHERE rowid = ?1")
                .Bind(1, rowId).Bind(2, fields.AsSpan()).Execute();
        }

        connection.Run("PRAGMA secure_delete = FAST");
    }

    // A conflict that cannot be read must not keep its values, or the runs from starting.
    private static byte[] WithoutValues(FileConnection connection, Row row)
    {
        try
        {
            return Pack(connection, row.Int64(9), Read(connection, row).RemoveValues());
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static byte[] Pack(FileConnection connection, long mapping, RecordConflict conflict) => [.. connection.Protect(
        FieldConflictCodec.Write(conflict.Fields), ValueSlot.OfConflict(mapping, conflict.Id))];

    private static RecordConflict Read(FileConnection connection, Row row)
    {
        var id = row.Guid(0);
        return new()
        {
            Id = id,
            Kind = (ConflictKind)row.Byte(1),
            LocalId = row.Guid(2),
            IntegrationId = row.Guid(3),
            Fields = FieldConflictCodec.Read(
                connection.Reveal(row.Blob(4), ValueSlot.OfConflict(row.Int64(9), id))),
            DetectedOn = row.Instant(5),
            Resolution = (ConflictResolution)row.Byte(6),
            ResolvedOn = row.InstantOrNull(7),
            ValuesRemoved = row.Int64(8) == 0,
            Reason = row.TextOrNull(10),
        };
    }

    private static string ListWhere(string condition) =>
        $"""
        SELECT {Columns} FROM conflict
        WHERE mapping_id = {MappingTable.IdOfKey} AND {condition} AND (detected_on, id) > (?3, ?4)
        ORDER BY detected_on, id LIMIT ?5
        """;
}
