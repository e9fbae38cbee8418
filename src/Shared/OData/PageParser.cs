using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>Reads the body of a collection record by record, straight from UTF-8, as it arrives.</summary>
/// <remarks>Nothing of a body counts before it is complete; a parser reads one body.</remarks>
internal sealed class PageParser(RecordShape shape) : IBodyParser
{
    private readonly RecordReader reading = new(shape);
    private readonly List<Guid> deleted = [];
    private List<TableRecord>? records;
    private string? nextLink;
    private string? deltaLink;
    private JsonReaderState state;
    private Place place;

    private enum Place
    {
        Start,
        Members,
        Records,
        End,
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The body is not such a page. The message names properties, never
    /// values.</exception>
    public int Read(ReadOnlySpan<byte> bytes, bool isLast)
    {
        try
        {
            var reader = new Utf8JsonReader(bytes, isLast, state);
            var taken = 0;
            while (TryAdvance(ref reader))
            {
                state = reader.CurrentState;
                taken = (int)reader.BytesConsumed;
            }

            return taken;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException("The answer is malformed.", exception);
        }
    }

    /// <summary>The page.</summary>
    /// <exception cref="JsonException">It has no end, or no list of records.</exception>
    public RecordPage Complete() => place != Place.End
        ? throw new JsonException("The answer breaks off.")
        : new RecordPage(records ?? throw new JsonException("The answer has no list of records."), deleted, nextLink, deltaLink);

    /// <summary>Reads what belongs together; false, whatever was read of it, where a part has not arrived.</summary>
    private bool TryAdvance(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        switch (place)
        {
            case Place.Start:
                place = reader.TokenType == JsonTokenType.StartObject
                    ? Place.Members
                    : throw new JsonException("The answer is not an object.");
                return true;
            case Place.Members:
                return reader.TokenType == JsonTokenType.EndObject ? MoveTo(Place.End) : TryReadMember(ref reader);
            case Place.Records:
                return reader.TokenType == JsonTokenType.EndArray ? MoveTo(Place.Members) : TryReadRecord(ref reader);
            default:
                throw new JsonException("The answer goes on after its end.");
        }
    }

    private bool MoveTo(Place next)
    {
        place = next;
        return true;
    }

    private bool TryReadMember(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("error"u8))
        {
            // A service that streams reports a late failure inside the answer that it has already begun.
            throw new JsonException("The answer breaks off with an error.");
        }

        if (reader.ValueTextEquals("value"u8))
        {
            return TryBeginRecords(ref reader);
        }

        if (!HasValue(reader))
        {
            return false;
        }

        if (reader.ValueTextEquals("@odata.nextLink"u8))
        {
            nextLink = nextLink is null ? ReadLink(ref reader) : throw TwoLinks();
        }
        else if (reader.ValueTextEquals("@odata.deltaLink"u8))
        {
            deltaLink = deltaLink is null ? ReadLink(ref reader) : throw TwoLinks();
        }
        else
        {
            _ = reader.TrySkip();
        }

        return true;
    }

    private bool TryBeginRecords(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        if (records is not null)
        {
            throw new JsonException("The answer has two lists of records.");
        }

        records = reader.TokenType == JsonTokenType.StartArray ? [] : throw new JsonException("The list of records is not a list.");
        return MoveTo(Place.Records);
    }

    private bool TryReadRecord(ref Utf8JsonReader reader)
    {
        if (!HasValue(reader))
        {
            return false;
        }

        if (reading.Read(ref reader, out var deletedId) is { } record)
        {
            records!.Add(record);
        }
        else
        {
            deleted.Add(deletedId);
        }

        return true;
    }

    // Looks ahead with a copy of the reader. In the last part of a body everything is there, or the reader says that it is not.
    private static bool HasValue(Utf8JsonReader reader) => reader.IsFinalBlock || reader.TrySkip();

    private static string ReadLink(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String
            ? reader.GetString()!
            : throw new JsonException("A link is not a text.");

    private static JsonException TwoLinks() => new("The answer has two links of one kind.");
}
