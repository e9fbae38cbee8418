using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>Reads one record straight from UTF-8 JSON into the values of its layout.</summary>
internal static class RecordReader
{
    /// <summary>Reads the object that the reader stands on the beginning of.</summary>
    /// <param name="reader">The reader; left on the end of the object.</param>
    /// <param name="shape">What to read.</param>
    /// <param name="deleted">The id, when the object is a deletion.</param>
    /// <returns>The record, or null for a deletion.</returns>
    /// <exception cref="JsonException">The object is not such a record.</exception>
    public static TableRecord? Read(ref Utf8JsonReader reader, RecordShape shape, out Guid deleted)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A record is not an object.");
        }

        var fieldCount = shape.Layout.Fields.Count;
        var row = new Row
        {
            Values = new FieldValue[fieldCount],
            Tables = shape.HasReferences ? new string?[fieldCount] : null,
        };
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadProperty(ref reader, shape, ref row, ref next);
        }

        if (row.IsDeletion)
        {
            deleted = row.DeletedId;
            return deleted == Guid.Empty ? throw new JsonException("A deletion has no id.") : null;
        }

        deleted = default;
        return row.Complete(shape);
    }

    private static void ReadProperty(ref Utf8JsonReader reader, RecordShape shape, ref Row row, ref int next)
    {
        var property = shape.Find(ref reader, ref next);
        if (shape.ReadsDeletions)
        {
            ReadDeletion(ref reader, ref row);
        }

        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _ = reader.Read();
        }

        if (property is null)
        {
            reader.Skip();
            return;
        }

        try
        {
            row.Set(property, property.Read(ref reader));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"Property '{property.Name}' is malformed.", exception);
        }
    }

    private static void ReadDeletion(ref Utf8JsonReader reader, ref Row row)
    {
        if (reader.ValueTextEquals("reason"u8))
        {
            row.IsDeletion = true;
        }
        else if (reader.ValueTextEquals("id"u8))
        {
            _ = reader.Read();
            _ = reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out row.DeletedId);
        }
    }

    private struct Row
    {
        public FieldValue[] Values;
        public string?[]? Tables;
        public Guid DeletedId;
        public bool IsDeletion;
        private int fieldsRead;
        private Guid id;
        private string? version;
        private DateTimeOffset? modifiedOn;

        public void Set(RecordProperty property, FieldValue value)
        {
            switch (property.Role)
            {
                case RecordRole.Id:
                    id = value.IsBlank ? Guid.Empty : value.AsIdentifier();
                    break;
                case RecordRole.Version:
                    version = value.IsBlank ? null : value.AsText();
                    break;
                case RecordRole.ModifiedOn:
                    modifiedOn = value.IsBlank ? null : value.AsDateTime();
                    break;
                case RecordRole.ReferencedTable:
                    Tables![property.Ordinal] = value.IsBlank ? null : value.AsText();
                    return;
            }

            if (property.Ordinal >= 0)
            {
                Values[property.Ordinal] = value;
                fieldsRead++;
            }
        }

        public readonly TableRecord Complete(RecordShape shape)
        {
            if (id == Guid.Empty)
            {
                throw new JsonException("A record has no id.");
            }

            if (shape.RequiresEveryField && fieldsRead != Values.Length)
            {
                throw new JsonException($"A record has {fieldsRead} of the {Values.Length} properties that were asked for.");
            }

            for (var ordinal = 0; ordinal < (Tables?.Length ?? 0); ordinal++)
            {
                if (Tables![ordinal] is { } table && Values[ordinal].Kind == FieldValueKind.Identifier)
                {
                    Values[ordinal] = FieldValue.Reference(Values[ordinal].AsIdentifier(), table);
                }
            }

            return new TableRecord(shape.Layout, id, Values, version, modifiedOn);
        }
    }
}
