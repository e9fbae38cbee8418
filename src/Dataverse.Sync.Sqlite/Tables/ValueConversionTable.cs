using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>Encrypts all values of a file anew when its key changes.</summary>
internal static class ValueConversionTable
{
    private const int PageSize = 1_000;

    private static readonly Column[] Columns =
    [
        new("coupling", "base", "id, base, mapping_id, local_id, integration_id, base_shape_id", row =>
            ValueSlot.OfBase(row.Int64(2), row.Guid(3), row.Guid(4), row.Int64OrNull(5))),
        new("earlier_intent", "outcome", "sequence, outcome, mapping_id, id, base_shape_id", row =>
            ValueSlot.OfOutcome(row.Int64(2), row.Guid(3), row.Int64OrNull(4))),
        new("earlier_intent", "business_key", "sequence, business_key, mapping_id, id", row =>
            ValueSlot.OfBusinessKey(row.Int64(2), row.Guid(3))),
        new("journal", "intents", "sequence, intents, mapping_id, id", row =>
            ValueSlot.OfJournal(row.Int64(2), row.Guid(3))),
        new("conflict", "fields", "rowid, fields, mapping_id, id", row =>
            ValueSlot.OfConflict(row.Int64(2), row.Guid(3))),
    ];

    /// <param name="connection">A connection in a transaction.</param>
    /// <param name="from">Decrypts the values; null if they are not encrypted.</param>
    /// <param name="to">Encrypts the values; null if they shall not be encrypted.</param>
    public static void ConvertAll(FileConnection connection, ValueCipher? from, ValueCipher? to)
    {
        foreach (var column in Columns)
        {
            long? last = long.MinValue;
            while (last is { } after)
            {
                last = ConvertPage(connection, column, after, from, to);
            }
        }
    }

    private static long? ConvertPage(
        FileConnection connection, Column column, long after, ValueCipher? from, ValueCipher? to)
    {
        var rows = connection.Prepared(
            $"""
            SELECT {column.Selected} FROM {column.Table}
            WHERE rowid > ?1 AND {column.Name} IS NOT NULL ORDER BY rowid LIMIT {PageSize}
            """)
            .Bind(1, after)
            .List(row => (Id: row.Int64(0), Value: Convert(row, column.SlotOf(row), from, to)));
        var update = connection.Prepared($"UPDATE {column.Table} SET {column.Name} = ?2 WHERE rowid = ?1");
        foreach (var (id, value) in rows)
        {
            _ = update.Bind(1, id).Bind(2, value.AsSpan()).Execute();
        }

        return rows.Count == PageSize ? rows[^1].Id : null;
    }

    private static byte[] Convert(Row row, ValueSlot slot, ValueCipher? from, ValueCipher? to)
    {
        var value = from is null ? row.Blob(1) : from.Decrypt(row.Blob(1), slot);
        return to is null ? value.ToArray() : to.Encrypt(value, slot);
    }

    private sealed record Column(string Table, string Name, string Selected, Func<Row, ValueSlot> SlotOf);
}
