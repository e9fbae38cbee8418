using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dataverse.Sync.WebApi;

/// <summary>Makes the JSON objects that writes send.</summary>
/// <param name="table">The table that is written to.</param>
/// <param name="entitySets">The URL segments of the tables that lookups refer to.</param>
internal sealed class PayloadBuilder(TableMetadata table, IReadOnlyDictionary<string, string> entitySets)
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly DateTimeOffset EarliestInstant = new(1753, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly EarliestDate = new(1753, 1, 1);

    /// <summary>The target of a reference; null when the column cannot refer to it.</summary>
    public static LookupTarget? TargetOf(Column column, FieldValue value) => value.Kind switch
    {
        FieldValueKind.Reference => column.Targets.FirstOrDefault(target => target.Table == value.ReferencedTable),
        FieldValueKind.Identifier or FieldValueKind.Blank when column.Targets.Count > 0 =>
            column.Targets.Count == 1 || value.IsBlank ? column.Targets[0] : null,
        _ => null,
    };

    /// <summary>Makes a write ready to be sent, or refused where no answer of the service is needed to know that it would be.</summary>
    public PendingWrite Build(WriteOperation operation)
    {
        // An insert must be recognizable when it is repeated, so it has an id in any case.
        var id = operation is { Kind: WriteKind.Insert } && operation.Id == Guid.Empty ? Guid.NewGuid() : operation.Id;
        if (operation.Kind == WriteKind.Delete)
        {
            return new PendingWrite(operation, id);
        }

        if (operation.Fields.Select(write => Problem(operation, write)).FirstOrDefault(problem => problem is not null) is { } error)
        {
            var refused = new PendingWrite(operation, id);
            refused.Refused(WriteStatus.Rejected, error);
            return refused;
        }

        var defersState = operation.Kind == WriteKind.Insert && WritesState(operation);
        return new PendingWrite(operation, id)
        {
            Body = Write(operation, id, write => !defersState || !IsState(write)),
            StateBody = defersState && EndsInactive(operation) ? Write(operation, null, IsState) : default,
        };
    }

    /// <summary>The fields of an update without those of the state.</summary>
    public ReadOnlyMemory<byte> BuildWithoutState(WriteOperation operation) => Write(operation, null, write => !IsState(write));

    public static bool IsState(FieldWrite write) => write.Field is TableMetadata.StateCode or TableMetadata.StatusCode;

    public static bool WritesState(WriteOperation operation) => operation.Fields.Any(write => write.Field == TableMetadata.StateCode);

    // The active state has the code zero on every table.
    private static bool EndsInactive(WriteOperation operation) =>
        operation.Fields.Any(write => write.Field == TableMetadata.StateCode && !write.Value.IsBlank && write.Value.AsDecimal() != 0);

    private SyncError? Problem(WriteOperation operation, FieldWrite write)
    {
        var message = table.Schema.Find(write.Field) is not { } field || !table.Columns.TryGetValue(write.Field, out var column) ? "The table has no such field."
            : !(operation.Kind == WriteKind.Insert ? field.CanInsert : field.CanUpdate) ? "The field cannot be written."
            : write.Field == FullNameSplitter.Field && table.FullName is not null ? NameProblem(operation, write.Value)
            : write.Value.IsBlank ? column.Type == FieldType.Reference && TargetOf(column, default) is null ? "The field's tables are unknown." : null
            : ValueProblem(column, write.Value);
        return message is null ? null : new SyncError(SyncErrorCodes.ValueNotConvertible, $"Field '{write.Field}': {message}", write.Field);
    }

    private static string? NameProblem(WriteOperation operation, FieldValue value)
    {
        if (operation.Fields.Any(write => write.Field is FullNameSplitter.FirstColumn or FullNameSplitter.MiddleColumn or FullNameSplitter.LastColumn))
        {
            return "A full name is written together with a part of it.";
        }

        return value.Kind is not (FieldValueKind.Blank or FieldValueKind.Text) ? $"A value of the kind {value.Kind} does not fit a full name."
            : TextRules.Problem(value.AsText()) ?? (string.IsNullOrWhiteSpace(value.AsText()) && !value.IsBlank ? "A full name has at least one letter." : null);
    }

    private string? ValueProblem(Column column, FieldValue value)
    {
        if (value.Kind == FieldValueKind.Text && TextRules.Problem(value.AsText()) is { } problem)
        {
            return problem;
        }

        return !LiteralOf.Fits(column, value) ? $"A value of the kind {value.Kind} does not fit a field of the type {column.Type}."
            : column.Type == FieldType.Text && value.AsText().Length > table.Schema.Find(column.Name)!.MaxLength ? "The text is longer than the field."
            : column.Type == FieldType.Date && value.AsDate() < EarliestDate ? "The date is before 1753."
            : column.Type == FieldType.DateTime && value.AsDateTime() < EarliestInstant ? "The instant is before 1753."
            : column.Type == FieldType.Reference && TargetOf(column, value) is null ? "The field cannot refer to that table."
            : null;
    }

    private ReadOnlyMemory<byte> Write(WriteOperation operation, Guid? key, Func<FieldWrite, bool> isWanted)
    {
        var output = new ArrayBufferWriter<byte>(512);
        using var writer = new Utf8JsonWriter(output, Options);
        writer.WriteStartObject();
        if (key is { } id && operation.Kind == WriteKind.Insert)
        {
            writer.WriteString(table.KeyColumn, id);
        }

        foreach (var write in operation.Fields)
        {
            if (isWanted(write) && (write.Field != table.KeyColumn || operation.Kind != WriteKind.Insert))
            {
                WriteField(writer, write, operation.Kind);
            }
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    private void WriteField(Utf8JsonWriter writer, FieldWrite write, WriteKind kind)
    {
        var column = table.Columns[write.Field];
        if (write.Field == FullNameSplitter.Field && table.FullName is { } splitter)
        {
            WriteName(writer, write.Value.IsBlank ? null : splitter.Fit(write.Value.AsText()));
        }
        else if (column.Type == FieldType.Reference)
        {
            WriteReference(writer, column, write.Value, kind);
        }
        else
        {
            writer.WritePropertyName(column.Name);
            WriteValue(writer, column, write.Value);
        }
    }

    private void WriteName(Utf8JsonWriter writer, FullName? name)
    {
        writer.WriteString(FullNameSplitter.FirstColumn, name?.First);
        if (table.Columns.ContainsKey(FullNameSplitter.MiddleColumn))
        {
            writer.WriteString(FullNameSplitter.MiddleColumn, name?.Middle);
        }

        writer.WriteString(FullNameSplitter.LastColumn, name?.Last);
    }

    private void WriteReference(Utf8JsonWriter writer, Column column, FieldValue value, WriteKind kind)
    {
        var target = TargetOf(column, value)!;
        if (!value.IsBlank)
        {
            writer.WriteString($"{target.NavigationProperty}@odata.bind", $"/{entitySets[target.Table]}({value.AsIdentifier():D})");
        }
        else if (kind == WriteKind.Update)
        {
            writer.WriteNull($"{target.NavigationProperty}@odata.bind");
        }
    }

    private static void WriteValue(Utf8JsonWriter writer, Column column, FieldValue value)
    {
        if (value.IsBlank)
        {
            writer.WriteNullValue();
            return;
        }

        switch (column.Type)
        {
            case FieldType.Boolean:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case FieldType.Integer or FieldType.Choice:
                writer.WriteNumberValue((long)value.AsDecimal());
                break;
            case FieldType.Decimal:
                writer.WriteNumberValue(value.AsDecimal());
                break;
            case FieldType.DateTime:
                writer.WriteStringValue(value.AsDateTime().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}
