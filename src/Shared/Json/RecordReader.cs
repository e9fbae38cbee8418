using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>Reads records straight from UTF-8 JSON into the values of their layout.</summary>
/// <remarks>Not safe for concurrent use: what one record needs only while it is read, the next one uses again.</remarks>
/// <param name="shape">What to read.</param>
internal sealed class RecordReader(RecordShape shape)
{
    // Few records have little to share.
    private const int FewRecords = 16;

    private readonly string?[]? tables = shape.HasReferences ? new string?[shape.Layout.Fields.Count] : null;

    private int records;
    private SharedTexts? texts;

    /// <summary>Reads the object that the reader stands on the beginning of.</summary>
    /// <param name="reader">The reader; left on the end of the object, which must be there as a whole.</param>
    /// <param name="deleted">The id, when the object is a deletion.</param>
    /// <returns>The record, or null for a deletion.</returns>
    /// <exception cref="JsonException">The object is not such a record.</exception>
    public TableRecord? Read(ref Utf8JsonReader reader, out Guid deleted)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A record is not an object.");
        }

        texts ??= ++records > FewRecords ? new SharedTexts(shape.Properties.Count) : null;
        var row = new RecordDraft(shape, tables);
        var deletion = default(Deletion);
        var next = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (shape.Find(ref reader, ref next) is >= 0 and var place)
            {
                ReadProperty(ref reader, place, ref row);
            }
            else if (!shape.ReadsDeletions || !deletion.TryRead(ref reader))
            {
                _ = reader.Read();
                _ = reader.TrySkip();
            }
        }

        deleted = deletion.HasReason ? deletion.Complete(row) : default;
        return deletion.HasReason ? null : row.Complete();
    }

    private void ReadProperty(ref Utf8JsonReader reader, int place, ref RecordDraft row)
    {
        var property = shape.Properties[place];
        _ = reader.Read();
        try
        {
            row.Set(property, place, ReadValue(ref reader, property, place));
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new JsonException($"Property '{property.Name}' is malformed.", exception);
        }
    }

    // What identifies the record must be readable in any case.
    private FieldValue ReadValue(ref Utf8JsonReader reader, RecordProperty property, int place)
    {
        try
        {
            return property.IsText && texts is not null ? texts.Read(ref reader, place) : property.Read(ref reader);
        }
        catch (Exception exception) when (shape.KeepsUnreadableValues
            && property.Role == RecordRole.None
            && exception is JsonException or InvalidOperationException or FormatException)
        {
            _ = reader.TrySkip();
            return FieldValue.Unreadable;
        }
    }

    /// <summary>The properties by which an object says that a record was deleted.</summary>
    private struct Deletion
    {
        private Guid? id;

        public bool HasReason { get; private set; }

        /// <summary>Reads the property that the reader stands on, if it is one of them.</summary>
        public bool TryRead(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("reason"u8))
            {
                // Another reason, such as "changed", is none to believe that the record is gone.
                var isDeleted = reader.Read() && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("deleted"u8);
                HasReason = isDeleted && !HasReason
                    ? true
                    : throw new JsonException("A deletion has no reason that is known.");
                return true;
            }

            if (!reader.ValueTextEquals("id"u8))
            {
                return false;
            }

            _ = reader.Read();
            var read = reader.TokenType == JsonTokenType.String && reader.TryGetGuid(out var guid) ? guid : Guid.Empty;
            _ = reader.TrySkip();
            id = id is null ? read : Guid.Empty;
            return true;
        }

        public readonly Guid Complete(RecordDraft row) =>
            !row.IsEmpty ? throw new JsonException("A deletion is a record too.")
            : id is { } read && read != Guid.Empty ? read
            : throw new JsonException("A deletion has no id.");
    }
}
