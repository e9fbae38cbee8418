using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Builds the JSON bodies of writes.</summary>
/// <param name="table">The table that is written to.</param>
/// <param name="entitySets">The URL segments of the tables that lookups refer to.</param>
internal sealed class PayloadBuilder(TableDefinition table, IReadOnlyDictionary<string, string> entitySets)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The body of a write's first request; empty for a deletion. An insert that writes a state leaves it to the second
    /// request of its change set.
    /// </summary>
    public ReadOnlyMemory<byte> BodyOf(PendingWrite write)
    {
        var operation = write.Operation;
        return operation.Kind == WriteKind.Delete
            ? default
            : Build(operation, write.Id, operation.Fields.Where(field => StateRules.BelongsToFirstWrite(operation, field)));
    }

    /// <summary>The body of an update without the fields of the state.</summary>
    public ReadOnlyMemory<byte> BodyWithoutState(PendingWrite write) =>
        Build(write.Operation, write.Id, write.Operation.Fields.Where(field => !StateRules.IsState(field)));

    /// <summary>A body that consists of the state.</summary>
    public static ReadOnlyMemory<byte> StateBody(IEnumerable<FieldWrite> fields)
    {
        var output = new ArrayBufferWriter<byte>(64);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        foreach (var field in fields.Where(field => !field.Value.IsBlank))
        {
            writer.WriteNumber(field.Field, (long)field.Value.AsDecimal());
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private ReadOnlyMemory<byte> Build(WriteOperation operation, Guid id, IEnumerable<FieldWrite> fields)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(output, Options);
        var isInsert = operation.Kind == WriteKind.Insert;
        writer.WriteStartObject();
        if (isInsert)
        {
            writer.WriteString(table.KeyColumn, id);
        }

        foreach (var field in fields.Where(field => !isInsert || field.Field != table.KeyColumn).SelectMany(PartsOf))
        {
            Write(writer, field, isInsert);
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private IEnumerable<FieldWrite> PartsOf(FieldWrite write) => NameWrites.Of(table, write);

    private void Write(Utf8JsonWriter writer, FieldWrite write, bool isInsert)
    {
        var column = table.Columns[write.Field];
        if (column.Type == FieldType.Reference)
        {
            WriteReference(writer, column, write.Value, isInsert);
        }
        else
        {
            writer.WritePropertyName(column.Name);
            FieldWriter.Write(writer, column.Type, write.Value);
        }
    }

    private void WriteReference(Utf8JsonWriter writer, Column column, FieldValue value, bool isInsert)
    {
        var target = column.TargetOf(value)!;
        if (!value.IsBlank)
        {
            writer.WriteString($"{target.NavigationProperty}@odata.bind", $"/{entitySets[target.Table]}({value.AsIdentifier():D})");
        }
        else if (!isInsert)
        {
            writer.WriteNull($"{target.NavigationProperty}@odata.bind");
        }
    }
}
