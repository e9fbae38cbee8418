using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>Reads the body of a collection, straight from UTF-8 into records.</summary>
internal static class PageReader
{
    /// <summary>Reads a page.</summary>
    /// <exception cref="JsonException">The body is not such a page. The message names properties, never
    /// values.</exception>
    public static RecordPage Read(ReadOnlySpan<byte> body, RecordShape shape)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            var page = Read(ref reader, shape);
            return reader.Read() ? throw new JsonException("The answer goes on after its end.") : page;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException("The answer is malformed.", exception);
        }
    }

    private static RecordPage Read(ref Utf8JsonReader reader, RecordShape shape)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The answer is not an object.");
        }

        List<TableRecord>? records = null;
        List<Guid> deleted = [];
        string? nextLink = null;
        string? deltaLink = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("value"u8))
            {
                records = records is null
                    ? ReadRecords(ref reader, shape, deleted)
                    : throw new JsonException("The answer has two lists of records.");
            }
            else if (reader.ValueTextEquals("@odata.nextLink"u8))
            {
                nextLink = nextLink is null ? ReadLink(ref reader) : throw TwoLinks();
            }
            else if (reader.ValueTextEquals("@odata.deltaLink"u8))
            {
                deltaLink = deltaLink is null ? ReadLink(ref reader) : throw TwoLinks();
            }
            else
            {
                // A service that streams reports a late failure inside the answer that it has already begun.
                Skip(ref reader, isError: reader.ValueTextEquals("error"u8));
            }
        }

        return new RecordPage(records ?? throw new JsonException("The answer has no list of records."), deleted, nextLink, deltaLink);
    }

    private static List<TableRecord> ReadRecords(ref Utf8JsonReader reader, RecordShape shape, List<Guid> deleted)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("The list of records is not a list.");
        }

        var records = new List<TableRecord>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (RecordReader.Read(ref reader, shape, out var deletedId) is { } record)
            {
                records.Add(record);
            }
            else
            {
                deleted.Add(deletedId);
            }
        }

        return records;
    }

    private static string ReadLink(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw new JsonException("A link is not a text.");

    private static JsonException TwoLinks() => new("The answer has two links of one kind.");

    private static void Skip(ref Utf8JsonReader reader, bool isError)
    {
        if (isError)
        {
            throw new JsonException("The answer breaks off with an error.");
        }

        _ = reader.Read();
        reader.Skip();
    }
}
