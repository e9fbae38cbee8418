using Npgsql;
using NpgsqlTypes;

namespace Dataverse.Sync.PostgreSql;

/// <summary>A statement and its parameters, which are numbered in the order in which they are added.</summary>
/// <remarks>
/// Rows are sent as one array per column. Every parameter states its type, so that the server needs no casts for those that
/// are null or empty.
/// </remarks>
internal sealed class Statement(string sql)
{
    private readonly List<NpgsqlParameter> parameters = [];

    public Statement Id(Guid? id) => Add(id, NpgsqlDbType.Uuid);

    public Statement Number(long? value) => Add(value, NpgsqlDbType.Bigint);

    public Statement Text(string? text) => Add(text is null ? null : StoredText.Write(text), NpgsqlDbType.Text);

    public Statement Blob(byte[]? blob) => Add(blob, NpgsqlDbType.Bytea);

    public Statement Instant(DateTimeOffset? instant) => Number(instant?.UtcTicks);

    public Statement Ids(IEnumerable<Guid> ids) => AddArray(ids, NpgsqlDbType.Uuid);

    public Statement Ids<T>(IReadOnlyCollection<T> rows, Func<T, Guid> column) => Ids(rows.Select(column));

    public Statement Ids<T>(IReadOnlyCollection<T> rows, Func<T, Guid?> column) =>
        AddArray(rows.Select(column), NpgsqlDbType.Uuid);

    public Statement Numbers(IEnumerable<long> numbers) => AddArray(numbers, NpgsqlDbType.Bigint);

    public Statement Numbers<T>(IReadOnlyCollection<T> rows, Func<T, long?> column) =>
        AddArray(rows.Select(column), NpgsqlDbType.Bigint);

    public Statement Instants<T>(IReadOnlyCollection<T> rows, Func<T, DateTimeOffset?> column) =>
        Numbers(rows, row => column(row)?.UtcTicks);

    public Statement Texts<T>(IReadOnlyCollection<T> rows, Func<T, string?> column) => AddArray(
        rows.Select(row => column(row) is { } text ? StoredText.Write(text) : null), NpgsqlDbType.Text);

    public Statement Blobs<T>(IReadOnlyCollection<T> rows, Func<T, byte[]?> column) =>
        AddArray(rows.Select(column), NpgsqlDbType.Bytea);

    /// <summary>Makes the command for a schema. A statement is sent once per command.</summary>
    public NpgsqlBatchCommand ToCommand(SchemaName schema)
    {
        var command = new NpgsqlBatchCommand(schema.Qualify(sql));
        foreach (var parameter in parameters)
        {
            _ = command.Parameters.Add(parameter);
        }

        return command;
    }

    private Statement AddArray<T>(IEnumerable<T> values, NpgsqlDbType type) =>
        Add(values.ToArray(), NpgsqlDbType.Array | type);

    private Statement Add(object? value, NpgsqlDbType type)
    {
        parameters.Add(new() { NpgsqlDbType = type, Value = value ?? DBNull.Value });
        return this;
    }
}
