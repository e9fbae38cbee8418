using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Builds the JSON bodies of writes.</summary>
/// <param name="table">The table that is written to.</param>
/// <param name="entitySets">The URL segments of the tables that lookups refer to.</param>
internal sealed class PayloadBuilder(TableDefinition table, IReadOnlyDictionary<string, string> entitySets)
{
    // A guess that fits most records; a body that is greater grows.
    private const int BytesPerRecord = 1024;

    // Beside the entity set: a slash, parentheses, and a GUID.
    private const int ReferenceLength = 39;
    private const int MaxStackLength = 256;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonEncodedText type = JsonEncodedText.Encode($"Microsoft.Dynamics.CRM.{table.Name}", Options.Encoder);

    // The names by which references are written; the same few for every record. Messages are built at the same time.
    private readonly ConcurrentDictionary<string, JsonEncodedText> bindings = new(StringComparer.Ordinal);

    /// <summary>The body of a message that creates several records; the caller disposes it.</summary>
    public PooledBody Creation(IReadOnlyList<PendingWrite> writes)
    {
        var body = new PooledBody(writes.Count * BytesPerRecord);
        using var writer = new Utf8JsonWriter(body, Options);
        writer.WriteStartObject();
        writer.WriteStartArray("Targets"u8);
        for (var index = 0; index < writes.Count; index++)
        {
            writer.WriteStartObject();
            writer.WriteString("@odata.type"u8, type);
            WriteMembers(writer, writes[index], withState: true);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return body;
    }

    /// <summary>
    /// The body of a write's first request; empty for a deletion. An insert that writes a state leaves it to the second
    /// request of its change set.
    /// </summary>
    public ReadOnlyMemory<byte> BodyOf(PendingWrite write) => write.Kind == WriteKind.Delete ? default : Build(write, withState: true);

    /// <summary>The body of an update without the fields of the state.</summary>
    public ReadOnlyMemory<byte> BodyWithoutState(PendingWrite write) => Build(write, withState: false);

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

    private ReadOnlyMemory<byte> Build(PendingWrite write, bool withState)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        WriteMembers(writer, write, withState);
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private void WriteMembers(Utf8JsonWriter writer, PendingWrite write, bool withState)
    {
        var isInsert = write.Kind == WriteKind.Insert;
        if (isInsert)
        {
            writer.WriteString(table.KeyColumn, write.Id);
        }

        var fields = write.Operation.Fields;
        for (var index = 0; index < fields.Count; index++)
        {
            var field = fields[index];
            var isWritten = withState ? StateRules.BelongsToFirstWrite(write.Operation, field) : !StateRules.IsState(field);
            if (isWritten && !(isInsert && field.Field == table.KeyColumn))
            {
                WriteField(writer, field, isInsert);
            }
        }
    }

    private void WriteField(Utf8JsonWriter writer, FieldWrite write, bool isInsert)
    {
        if (NameWrites.IsName(table, write))
        {
            foreach (var part in NameWrites.Of(table, write))
            {
                WriteColumn(writer, part, isInsert);
            }
        }
        else
        {
            WriteColumn(writer, write, isInsert);
        }
    }

    private void WriteColumn(Utf8JsonWriter writer, FieldWrite write, bool isInsert)
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
        if (value.IsBlank)
        {
            if (!isInsert)
            {
                writer.WriteNull(BindingOf(target));
            }

            return;
        }

        var set = entitySets[target.Table];
        var length = set.Length + ReferenceLength;
        var address = length <= MaxStackLength ? stackalloc char[length] : new char[length];
        address[0] = '/';
        set.CopyTo(address[1..]);
        address[set.Length + 1] = '(';
        _ = value.AsIdentifier().TryFormat(address[(set.Length + 2)..], out _);
        address[^1] = ')';
        writer.WriteString(BindingOf(target), address);
    }

    private JsonEncodedText BindingOf(LookupTarget target) => bindings.GetOrAdd(
        target.NavigationProperty, static property => JsonEncodedText.Encode($"{property}@odata.bind", Options.Encoder));
}
