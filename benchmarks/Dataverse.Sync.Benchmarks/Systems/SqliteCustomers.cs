using System.Globalization;
using Dataverse.Sync.Benchmarks.HandWritten;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>
/// A table of customers in an SQLite file: 12 columns, the id as key, and a version that every write raises. Both sides have the same table.
/// </summary>
internal static class SqliteCustomers
{
    public const string Table = "customer";

    public const string Mapping = "CUSTOMER";

    /// <summary>The rows of a page, of a commit, and of whatever is compared with them.</summary>
    public const int PageSize = 2_000;

    private const int FieldCount = 12;

    private const string PhoneField = "phoneNumber";

    private static readonly CustomerField[] Fields = [.. Customers.MappedFields.Take(FieldCount)];
    private static readonly RecordLayout Layout = new(Table, Fields.Select(field => field.Local));
    private static readonly BaseShape Shape = new(CreateMapping().Fields.Select(field => field.Key));

    private static readonly string Columns = string.Join(", ", Layout.Fields);

    private static readonly string InsertRow =
        $"INSERT INTO {Table} (id, version, {Columns}) VALUES ({string.Join(", ", Enumerable.Range(0, FieldCount + 2).Select(place => $"@p{place}"))})";

    public static string Script { get; } =
        $"""
        CREATE TABLE {Table} (id BLOB NOT NULL PRIMARY KEY, version INTEGER NOT NULL, {Columns});
        CREATE INDEX customer_version ON {Table} (version);
        """;

    public static string SelectRow { get; } = $"SELECT rowid, id, version, {Columns} FROM {Table}";

    public static TableSchema Schema { get; } = new()
    {
        Name = Table,
        KeyField = "id",
        Fields = [new() { Name = "id", Type = FieldType.Identifier }, .. Fields.Select(field => field.SchemaOn(SyncSide.Local))],
        KeepsChosenIds = true,
    };

    /// <summary>The mapping of two such tables, which looks for deletions in every run.</summary>
    public static IIntegrationTableMapping CreateMapping()
    {
        var builder = new IntegrationTableMappingBuilder(Mapping).Between(Table, Table).ScanForDeletionsEvery(TimeSpan.FromTicks(1));
        foreach (var field in Fields)
        {
            _ = builder.Field(field.Local, field.Local);
        }

        return builder.Build();
    }

    /// <summary>Makes the coupling that a run stores for a customer.</summary>
    public static Coupling MakeCoupling(int number)
    {
        var fingerprints = Array.ConvertAll(Fields, field => Fingerprint.Of(field.ValueOf(number)));
        return new()
        {
            LocalId = NumberedId.Of(SyncSide.Local, number),
            IntegrationId = NumberedId.Of(SyncSide.Integration, number),
            Base = new(Shape, fingerprints, fingerprints),
            LocalVersion = Fingerprint.Of(FieldValue.Integer(number)),
            IntegrationVersion = Fingerprint.Of(FieldValue.Integer(number)),
            SynchronizedOn = DateTimeOffset.UnixEpoch.AddYears(50),
        };
    }

    /// <summary>Makes the values of the first rows, each when it is asked for, so that the memory of a run is not that of its rows.</summary>
    public static IEnumerable<FieldValue[]> MakeValues(int count) =>
        Enumerable.Range(0, count).Select(number => Array.ConvertAll(Fields, field => field.ValueOf(number)));

    /// <summary>Fills an empty table, one transaction a page.</summary>
    public static void Fill(SqliteFile file, SyncSide side, IEnumerable<FieldValue[]> rows)
    {
        var number = 0;
        foreach (var page in rows.Chunk(PageSize))
        {
            using var transaction = file.Begin();
            foreach (var values in page)
            {
                Insert(file, transaction, NumberedId.Of(side, number), ++number, values);
            }

            file.Commit(transaction);
        }
    }

    /// <summary>Changes the telephone number of every n-th row of a table, as another program does.</summary>
    public static void Edit(SqliteFile file, int first, int step, int edition) => file.Run(
        $"""
        BEGIN IMMEDIATE;
        UPDATE {Table} SET {PhoneField} = '+44 20 ' || {edition} || ' ' || rowid, version = rowid + (SELECT max(version) FROM {Table})
        WHERE rowid % {step} = {first};
        COMMIT;
        """);

    public static void Insert(SqliteFile file, SqliteTransaction transaction, Guid id, long version, ReadOnlySpan<FieldValue> values)
    {
        var insert = file.Prepare(InsertRow, FieldCount + 2);
        insert.Transaction = transaction;
        insert.Parameters[0].Value = BytesOf(id);
        insert.Parameters[1].Value = version;
        for (var place = 0; place < values.Length; place++)
        {
            insert.Parameters[place + 2].Value = ToColumn(values[place]);
        }

        _ = insert.ExecuteNonQuery();
    }

    /// <summary>The values of an insert in the order of the columns; those that it does not give are blank.</summary>
    public static FieldValue[] ValuesOf(WriteOperation insert)
    {
        var values = new FieldValue[FieldCount];
        foreach (var (field, value) in insert.Fields)
        {
            values[Layout.IndexOf(field)] = value;
        }

        return values;
    }

    public static TableRecord Record(Guid id, long version, FieldValue[] values) =>
        new(Layout, id, values, version.ToString(CultureInfo.InvariantCulture));

    /// <summary>Reads the record of a row of <see cref="SelectRow"/>.</summary>
    public static TableRecord Read(SqliteDataReader row)
    {
        var values = new FieldValue[FieldCount];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = ReadValue(row, place + 3, Fields[place]);
        }

        return Record(ReadId(row, 1), row.GetInt64(2), values);
    }

    public static Guid ReadId(SqliteDataReader row, int column) => new(row.GetFieldValue<byte[]>(column), bigEndian: true);

    public static byte[] BytesOf(Guid id) => id.ToByteArray(bigEndian: true);

    public static object ToColumn(FieldValue value) => value switch
    {
        { IsBlank: true } => DBNull.Value,
        { Kind: FieldValueKind.Text } => value.AsText(),
        _ => (double)value.AsDecimal(),
    };

    private static FieldValue ReadValue(SqliteDataReader row, int column, CustomerField field) =>
        row.IsDBNull(column) ? FieldValue.Blank
        : field.Text is null ? FieldValue.Decimal((decimal)row.GetDouble(column))
        : FieldValue.Text(row.GetString(column));
}
