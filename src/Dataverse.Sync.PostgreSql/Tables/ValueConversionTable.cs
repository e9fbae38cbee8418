using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Encrypts all values of a store anew when its key changes.</summary>
internal static class ValueConversionTable
{
    private const int PageSize = 1_000;

    private static readonly Column[] Columns =
    [
        new("coupling", "local_id", "base", "integration_id, base_shape_id", row =>
            ValueSlot.OfBase(row.Int64(0), row.Guid(1), row.Guid(3), row.Int64OrNull(4))),
        new("intent", "id", "outcome", "base_shape_id", row =>
            ValueSlot.OfOutcome(row.Int64(0), row.Guid(1), row.Int64OrNull(3))),
        new("intent", "id", "business_key", "kind", row => ValueSlot.OfBusinessKey(row.Int64(0), row.Guid(1))),
        new("conflict", "id", "fields", "kind", row => ValueSlot.OfConflict(row.Int64(0), row.Guid(1))),
    ];

    /// <param name="connection">A connection in a transaction.</param>
    /// <param name="from">Decrypts the values; null if they are not encrypted.</param>
    /// <param name="to">Encrypts the values; null if they shall not be encrypted.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    public static async Task ConvertAllAsync(
        StoreConnection connection, ValueCipher? from, ValueCipher? to, CancellationToken cancellationToken)
    {
        foreach (var column in Columns)
        {
            Value? last = null;
            do
            {
                last = await ConvertPageAsync(connection, column, last, from, to, cancellationToken)
                    .ConfigureAwait(false);
            }
            while (last is not null);
        }
    }

    private static async Task<Value?> ConvertPageAsync(
        StoreConnection connection,
        Column column,
        Value? last,
        ValueCipher? from,
        ValueCipher? to,
        CancellationToken cancellationToken)
    {
        var rows = await connection.ListAsync(
            new Statement(
                $"""
                SELECT mapping_id, {column.Key}, {column.Name}, {column.More} FROM [schema].{column.Table}
                WHERE {column.Name} IS NOT NULL AND ($1 IS NULL OR (mapping_id, {column.Key}) > ($1, $2))
                ORDER BY mapping_id, {column.Key} LIMIT {PageSize}
                """)
                .Number(last?.Mapping).Id(last?.Id),
            row => new Value(row.Int64(0), row.Guid(1), Convert(row.Blob(2), column.SlotOf(row), from, to)),
            cancellationToken).ConfigureAwait(false);
        if (rows.Count > 0)
        {
            await connection.RunAsync([Update(column, rows)], cancellationToken).ConfigureAwait(false);
        }

        return rows.Count == PageSize ? rows[^1] : null;
    }

    private static Statement Update(Column column, List<Value> rows) => new Statement(
        $"""
        UPDATE [schema].{column.Table} AS old SET {column.Name} = new.value
        FROM unnest($1, $2, $3) AS new (mapping_id, id, value)
        WHERE old.{column.Key} = any($2) AND old.mapping_id = new.mapping_id AND old.{column.Key} = new.id
        """)
        .Numbers(rows, row => row.Mapping)
        .Ids(rows, row => row.Id)
        .Blobs(rows, row => row.Stored);

    private static byte[] Convert(byte[] stored, ValueSlot slot, ValueCipher? from, ValueCipher? to)
    {
        var value = from is null ? stored : from.Decrypt(stored, slot);
        return to is null ? value : to.Encrypt(value, slot);
    }

    private sealed record Value(long Mapping, Guid Id, byte[] Stored);

    private sealed record Column(string Table, string Key, string Name, string More, Func<Row, ValueSlot> SlotOf);
}
