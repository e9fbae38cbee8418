using System.Text;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>The table of the journal.</summary>
internal static class IntentTable
{
    private const string Columns =
        """
        id, target, kind, target_id, source_id, journaled_on, base_shape_id, outcome, business_key, send_before,
        mapping_id
        """;

    public static IReadOnlyList<Intent> List(FileConnection connection, BaseShapeCache shapes, MappingKey key) =>
        connection.Prepared($"SELECT {Columns} FROM intent WHERE mapping_id = {MappingTable.IdOfKey} ORDER BY sequence")
            .Bind(key).List(row => Read(connection, shapes, row));

    public static void Remove(FileConnection connection, long mapping, IReadOnlyCollection<Guid> ids) =>
        _ = connection.Prepared($"DELETE FROM intent WHERE mapping_id = ?1 AND id IN {IdList.Select("?2")}")
            .Bind(1, mapping).Bind(2, IdList.Pack(ids)).Execute();

    public static void Save(FileConnection connection, long mapping, IReadOnlyList<Intent> intents)
    {
        var shapeIds = new BaseShapeIds(connection);
        var statement = connection.Prepared(
            $"""
            INSERT INTO intent ({Columns}) VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?1)
            ON CONFLICT (mapping_id, id) DO UPDATE
            SET target = excluded.target, kind = excluded.kind, target_id = excluded.target_id,
                source_id = excluded.source_id, journaled_on = excluded.journaled_on,
                base_shape_id = excluded.base_shape_id, outcome = excluded.outcome,
                business_key = excluded.business_key, send_before = excluded.send_before
            """);
        foreach (var intent in intents)
        {
            var shape = shapeIds.Of(intent.Outcome);
            _ = statement
                .Bind(1, mapping)
                .Bind(2, intent.Id)
                .Bind(3, (long)intent.Target)
                .Bind(4, (long)intent.Kind)
                .Bind(5, intent.TargetId)
                .Bind(6, intent.SourceId)
                .Bind(7, intent.JournaledOn)
                .Bind(8, shape)
                .Bind(9, PackOutcome(connection, mapping, intent, shape))
                .Bind(10, PackBusinessKey(connection, mapping, intent))
                .Bind(11, intent.SendBefore)
                .Execute();
        }
    }

    private static byte[]? PackOutcome(FileConnection connection, long mapping, Intent intent, long? shape) =>
        intent.Outcome is { } outcome
            ? connection.Protect(outcome.Pack(), ValueSlot.OfOutcome(mapping, intent.Id, shape))
            : null;

    // Bytes rather than text, because an encrypted key is not text.
    private static byte[]? PackBusinessKey(FileConnection connection, long mapping, Intent intent) =>
        intent.BusinessKey is { } key
            ? connection.Protect(Encoding.UTF8.GetBytes(key), ValueSlot.OfBusinessKey(mapping, intent.Id))
            : null;

    private static string? ReadBusinessKey(FileConnection connection, Row row, long mapping, Guid id) =>
        row.IsNull(8)
            ? null
            : Encoding.UTF8.GetString(connection.Reveal(row.Blob(8), ValueSlot.OfBusinessKey(mapping, id)));

    private static Intent Read(FileConnection connection, BaseShapeCache shapes, Row row)
    {
        var id = row.Guid(0);
        var mapping = row.Int64(10);
        return new()
        {
            Id = id,
            Target = (SyncSide)row.Byte(1),
            Kind = (WriteKind)row.Byte(2),
            TargetId = row.Guid(3),
            SourceId = row.Guid(4),
            JournaledOn = row.Instant(5),
            Outcome = shapes.ReadBase(connection, row, 6, ValueSlot.OfOutcome(mapping, id, shape: null)),
            BusinessKey = ReadBusinessKey(connection, row, mapping, id),
            SendBefore = row.InstantOrNull(9),
        };
    }
}
