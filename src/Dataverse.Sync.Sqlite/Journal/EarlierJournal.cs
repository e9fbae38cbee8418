using System.Text;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>The journal of files before version 12, which had a row for each intent.</summary>
internal static class EarlierJournal
{
    private const string Columns =
        """
        id, target, kind, target_id, source_id, journaled_on, base_shape_id, outcome, business_key, send_before,
        mapping_id
        """;

    /// <summary>Moves the intents that an earlier version left to the journal, when the key of the file is known.</summary>
    public static void Move(FileConnection connection, BaseShapeCache shapes)
    {
        if (Any(connection))
        {
            _ = connection.InTransaction(_ => MoveAll(connection, shapes));
        }
    }

    private static bool Any(FileConnection connection) =>
        connection.Prepared("SELECT 1 FROM earlier_intent LIMIT 1").List(_ => true).Count > 0;

    // They were added before everything that the journal contains. Another process may have moved them in the meantime.
    private static bool MoveAll(FileConnection connection, BaseShapeCache shapes)
    {
        var rows = connection.Prepared($"SELECT {Columns} FROM earlier_intent ORDER BY sequence")
            .List(row => (Mapping: row.Int64(10), Intent: Read(connection, shapes, row)));
        foreach (var mapping in rows.GroupBy(row => row.Mapping, row => row.Intent))
        {
            JournalTable.Save(connection, mapping.Key, [.. mapping]);
        }

        connection.Run("DELETE FROM earlier_intent");
        return true;
    }

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

    private static string? ReadBusinessKey(FileConnection connection, Row row, long mapping, Guid id) =>
        row.IsNull(8)
            ? null
            : Encoding.UTF8.GetString(connection.Reveal(row.Blob(8), ValueSlot.OfBusinessKey(mapping, id)));
}
