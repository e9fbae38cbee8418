using System.Globalization;
using System.Text.Json;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http;

/// <summary>Reads values of the types that both services write alike; null is blank.</summary>
internal static class JsonFields
{
    public static FieldValue Text(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String => FieldValue.Text(reader.GetString()),
        _ => throw NotA("text"),
    };

    public static FieldValue Boolean(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.True => FieldValue.Boolean(true),
        JsonTokenType.False => FieldValue.Boolean(false),
        _ => throw NotA("boolean"),
    };

    public static FieldValue Integer(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.Number when reader.TryGetInt64(out var number) => FieldValue.Integer(number),
        _ => throw NotA("whole number"),
    };

    public static FieldValue Decimal(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.Number when reader.TryGetDecimal(out var number) => FieldValue.Decimal(number),
        _ => throw NotA("decimal number"),
    };

    public static FieldValue Identifier(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String when reader.TryGetGuid(out var id) => FieldValue.Identifier(id),
        _ => throw NotA("GUID"),
    };

    public static FieldValue Date(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return default;
        }

        Span<char> text = stackalloc char[10];
        return TryCopy(ref reader, text, out var length)
            && DateOnly.TryParseExact(text[..length], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? FieldValue.Date(date)
            : throw NotA("date");
    }

    public static FieldValue DateTime(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String when reader.TryGetDateTimeOffset(out var instant) => FieldValue.DateTime(instant),
        _ => throw NotA("instant"),
    };

    public static FieldValue Duration(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String when DurationText.Parse(reader.GetString()!) is { } duration => FieldValue.Duration(duration),
        _ => throw NotA("duration"),
    };

    public static FieldValue Time(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.Null => default,
        JsonTokenType.String when TimeText.Parse(reader.GetString()!) is { } time => FieldValue.Time(time),
        _ => throw NotA("time of day"),
    };

    /// <summary>The complaint about a value of another type; it names neither the value nor the field.</summary>
    public static JsonException NotA(string type) => new($"The value is not a {type}.");

    private static bool TryCopy(ref Utf8JsonReader reader, scoped Span<char> text, out int length)
    {
        length = 0;
        if (reader.TokenType != JsonTokenType.String || reader.ValueSpan.Length > text.Length)
        {
            return false;
        }

        length = reader.CopyString(text);
        return true;
    }
}
