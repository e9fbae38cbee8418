using System.Text;
using System.Text.Json;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The properties and list elements of a JSON text by their places, so that the text can be changed in ways that no writer would produce.</summary>
internal sealed class JsonTokens
{
    /// <summary>A value.</summary>
    /// <param name="Name">The property's name; null for an element of a list.</param>
    /// <param name="Start">Where the property, or the element, begins.</param>
    /// <param name="ValueStart">Where its value begins.</param>
    /// <param name="End">Where it ends.</param>
    /// <param name="Kind">What the value is.</param>
    public sealed record Item(string? Name, int Start, int ValueStart, int End, JsonValueKind Kind);

    private readonly List<Item> items = [];

    private JsonTokens()
    {
    }

    public IReadOnlyList<Item> Items => items;

    /// <summary>Finds the values of the JSON texts within a body: of the body itself, or of the parts of a multipart body.</summary>
    public static JsonTokens Of(byte[] body)
    {
        var tokens = new JsonTokens();
        for (var start = NextText(body, 0); start >= 0; start = NextText(body, start + 1))
        {
            start += tokens.Read(body.AsSpan(start), start) - 1;
        }

        return tokens;
    }

    // A text begins the body, or follows the blank line behind the headers of a part.
    private static int NextText(ReadOnlySpan<byte> body, int from)
    {
        if (from == 0 && body.Length > 0 && body[0] == '{')
        {
            return 0;
        }

        var found = from >= body.Length ? -1 : body[from..].IndexOf("\r\n\r\n{"u8);
        return found < 0 ? -1 : from + found + 4;
    }

    private int Read(ReadOnlySpan<byte> text, int offset)
    {
        var reader = new Utf8JsonReader(text, isFinalBlock: false, new JsonReaderState());
        try
        {
            _ = reader.Read();
            ReadValue(ref reader, offset);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An answer that was changed before may be no JSON any more; what could be read of it will do.
        }

        return Math.Max(1, (int)reader.BytesConsumed);
    }

    private void ReadValue(ref Utf8JsonReader reader, int offset)
    {
        var isObject = reader.TokenType == JsonTokenType.StartObject;
        if (!isObject && reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var start = (int)reader.TokenStartIndex;
            var name = isObject ? reader.GetString() : null;
            _ = isObject && reader.Read();
            var valueStart = (int)reader.TokenStartIndex;
            var kind = KindOf(reader.TokenType);
            ReadValue(ref reader, offset);
            items.Add(new Item(name, offset + start, offset + valueStart, offset + (int)reader.BytesConsumed, kind));
        }
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True or JsonTokenType.False => JsonValueKind.True,
        _ => JsonValueKind.Null,
    };

    /// <summary>The text of a place.</summary>
    public static string TextOf(byte[] body, int start, int end) => Encoding.Latin1.GetString(body, start, end - start);
}
