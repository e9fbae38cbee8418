using System.Globalization;
using System.Text.Json;
using System.Xml;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Values of API properties: their blanks, their JSON forms, and the checks on what clients send. In memory they are
/// <see cref="string"/>, <see cref="Guid"/>, <see cref="decimal"/>, <see cref="long"/>, <see cref="bool"/>,
/// <see cref="DateOnly"/>, <see cref="DateTimeOffset"/>, <see cref="TimeSpan"/>, <see cref="TimeOnly"/>, or
/// <see cref="StreamContent"/>, never null; enums are the escaped member name.
/// </summary>
internal static class FieldValues
{
    public static object Blank(BusinessCentralField field) => field.Type switch
    {
        BusinessCentralFieldType.Guid => Guid.Empty,
        BusinessCentralFieldType.Decimal => 0m,
        BusinessCentralFieldType.Integer or BusinessCentralFieldType.BigInteger => 0L,
        BusinessCentralFieldType.Boolean => false,
        BusinessCentralFieldType.Date => DateOnly.MinValue,
        BusinessCentralFieldType.DateTime => DateTimeOffset.MinValue,
        BusinessCentralFieldType.Duration => TimeSpan.Zero,
        BusinessCentralFieldType.Time => TimeOnly.MinValue,
        BusinessCentralFieldType.Stream => StreamContent.Empty,
        BusinessCentralFieldType.Enum => field.Members.Count == 0 ? "" : field.Members[0],
        _ => "",
    };

    /// <summary>Reads a client's value in the stored form.</summary>
    /// <exception cref="BusinessCentralException">
    /// It has the wrong form, is too long, or is no member of the enum.
    /// </exception>
    public static object Read(JsonElement json, BusinessCentralField field) => field.Type switch
    {
        BusinessCentralFieldType.Text => Limited(Text(json, field), field),
        BusinessCentralFieldType.Code => Limited(Text(json, field).Trim().ToUpperInvariant(), field),
        BusinessCentralFieldType.Enum => Member(Text(json, field), field),
        BusinessCentralFieldType.Guid when json.ValueKind == JsonValueKind.String
            && Guid.TryParseExact(json.GetString(), "D", out var id) => id,
        BusinessCentralFieldType.Decimal when json.ValueKind == JsonValueKind.Number
            && json.TryGetDecimal(out var number) => Unscaled(number),
        BusinessCentralFieldType.Integer when json.ValueKind == JsonValueKind.Number
            && json.TryGetInt32(out var number) => (long)number,
        BusinessCentralFieldType.BigInteger when json.ValueKind == JsonValueKind.Number
            && json.TryGetInt64(out var number) => number,
        BusinessCentralFieldType.Boolean when json.ValueKind is JsonValueKind.True or JsonValueKind.False =>
            json.GetBoolean(),
        BusinessCentralFieldType.Date when TryDate(json, out var date) => date,
        BusinessCentralFieldType.DateTime when TryMoment(json, out var moment) => moment,
        BusinessCentralFieldType.Duration when TryDuration(json, out var duration) => duration,
        BusinessCentralFieldType.Time when TryTime(json, out var time) => time,
        BusinessCentralFieldType.Stream when json.ValueKind == JsonValueKind.String
            && json.TryGetBytesFromBase64(out var bytes) => new StreamContent(bytes),
        _ => throw Errors.CannotConvert(field.Name, EdmTypes.Name(field)),
    };

    public static void Write(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case Guid id:
                writer.WriteStringValue(id);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case bool truth:
                writer.WriteBooleanValue(truth);
                break;
            default:
                writer.WriteStringValue(Format(value));
                break;
        }
    }

    /// <summary>The JSON form without quotes.</summary>
    public static string Format(object value) => value switch
    {
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTimeOffset moment =>
            Stamps.Shown(moment).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        TimeSpan duration => XmlConvert.ToString(duration),
        TimeOnly time => time.ToString("HH:mm:ss.FFF", CultureInfo.InvariantCulture),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };

    private static string Text(JsonElement json, BusinessCentralField field) =>
        json.ValueKind == JsonValueKind.String
            ? json.GetString()!
            : throw Errors.CannotConvert(field.Name, EdmTypes.Name(field));

    // A variable without a limit is cut when the page passes it to the column; another one refuses what it cannot hold.
    private static string Limited(string text, BusinessCentralField field)
    {
        if (field.MaxLength is not { } limit || text.Length <= limit)
        {
            return text;
        }

        if (field is { IsPageVariable: true, VariableLength: null })
        {
            return text[..limit];
        }

        throw Errors.TooLong(text.Length, text.Length > field.VariableLength ? field.VariableLength.Value : limit);
    }

    private static string Member(string name, BusinessCentralField field) =>
        field.Members.Contains(name, StringComparer.Ordinal)
            ? name
            : throw Errors.UnknownMember(field.Name, field.Members);

    // The database does not preserve the scale: 10.50 is returned as 10.5.
    private static decimal Unscaled(decimal number) => number / 1.0000000000000000000000000000m;

    private static bool TryDate(JsonElement json, out DateOnly date)
    {
        date = default;
        return json.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(
                json.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    // The platform stores milliseconds. A duration in years or months has no length.
    private static bool TryDuration(JsonElement json, out TimeSpan duration)
    {
        duration = default;
        if (json.ValueKind != JsonValueKind.String || json.GetString()!.Split('T')[0].AsSpan().ContainsAny('Y', 'M'))
        {
            return false;
        }

        try
        {
            var exact = XmlConvert.ToTimeSpan(json.GetString()!);
            duration = exact - new TimeSpan(exact.Ticks % TimeSpan.TicksPerMillisecond);
            return true;
        }
        catch (Exception malformed) when (malformed is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static bool TryTime(JsonElement json, out TimeOnly time)
    {
        time = default;
        string[] forms = ["HH:mm", "HH:mm:ss", "HH:mm:ss.FFFFFFF"];
        if (json.ValueKind != JsonValueKind.String
            || !TimeOnly.TryParseExact(json.GetString(), forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time))
        {
            return false;
        }

        time = new TimeOnly(time.Ticks - (time.Ticks % TimeSpan.TicksPerMillisecond));
        return true;
    }

    private static bool TryMoment(JsonElement json, out DateTimeOffset moment)
    {
        moment = default;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return json.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(json.GetString(), CultureInfo.InvariantCulture, Utc, out moment);
    }
}
