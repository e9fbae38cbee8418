using System.Globalization;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.HttpHarness;

/// <summary>The values that users enter. Each is unique as far as its form allows, so that it can be traced.</summary>
internal sealed class UserValues(Random random, Features features)
{
    private static readonly DateTimeOffset FirstInstant = new(2026, 1, 1, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly FirstDay = new(2026, 1, 1);

    private int last;

    /// <summary>A value for a new record.</summary>
    public object? First(SyncSide side, FieldPair field, string marker) => field.Local == "displayName"
        ? field.Integration == "fullname" ? $"Ann {marker}" : $"name of {marker}"
        : Fresh(side, field);

    /// <summary>A value that a user enters instead of the shown one; sometimes blank.</summary>
    public object? Next(ShownRow row, FieldPair field)
    {
        if (field.Local != "displayName" && random.Next(8) == 0)
        {
            return null;
        }

        var fresh = Fresh(row.Side, field);
        return Equals(fresh, row.Values[field]) ? Fresh(row.Side, field) : fresh;
    }

    public static JsonNode ToJson(FieldPair field, object? value) => value switch
    {
        decimal number when field.Scale == 0 => JsonValue.Create((int)number),
        decimal number => JsonValue.Create(number),
        DateTimeOffset instant => JsonValue.Create(instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        string text => JsonValue.Create(text),
        _ => Blank(field),
    };

    public static IEnumerable<(string, object?)> ToColumns(FieldPair field, object? value) => value switch
    {
        // The full name is computed from its parts.
        string name when field.Integration == "fullname" =>
            [("firstname", name[..name.IndexOf(' ')]), ("lastname", name[(name.IndexOf(' ') + 1)..])],
        string day when field.Form == FieldForm.Date =>
            [(field.Integration, DateOnly.Parse(day, CultureInfo.InvariantCulture))],
        string label when field.Form == FieldForm.Choice => [(field.Integration, IndexOf(field, label) + 1)],
        decimal number when field.Scale == 0 => [(field.Integration, (int)number)],
        _ => [(field.Integration, value)],
    };

    private static JsonNode Blank(FieldPair field) => field.Form switch
    {
        FieldForm.Number => JsonValue.Create(0),
        FieldForm.Date => JsonValue.Create("0001-01-01"),
        FieldForm.Instant => JsonValue.Create("0001-01-01T00:00:00Z"),
        FieldForm.Choice => JsonValue.Create("_x0020_"),
        _ => JsonValue.Create(string.Empty),
    };

    private static int IndexOf(FieldPair field, string label) => field.Choices.ToList().IndexOf(label);

    private object Fresh(SyncSide side, FieldPair field)
    {
        var number = ++last;
        return field.Form switch
        {
            FieldForm.Number when field.Scale == 0 => (decimal)number,
            FieldForm.Number => number + Fraction(side),
            FieldForm.Instant => FirstInstant.AddMinutes(number).AddMilliseconds(Milliseconds(side)),
            FieldForm.Date => FirstDay.AddDays(number).ToString("O", CultureInfo.InvariantCulture),
            FieldForm.Choice => random.Pick(field.Choices),
            _ => Text(side, field, number),
        };
    }

    private decimal Fraction(SyncSide side) => side == SyncSide.Local && features.FineNumbers && random.Next(2) == 0
        ? random.Next(1, 1_000_000_000) / 1_000_000_000m
        : random.Next(100) / 100m;

    private int Milliseconds(SyncSide side) => side == SyncSide.Local && features.FineInstants ? random.Next(1000) : 0;

    private string Text(SyncSide side, FieldPair field, int number) => field switch
    {
        { Local: "phoneNumber" or "mobilePhoneNumber" } => $"+49 30 {number:000000}",
        { Integration: "fullname" } => $"Eve surname{number}",
        { Local: "remarks" } when features.RichTexts && random.Next(2) == 0 => $"line {number}\r\nsecond line",
        { Local: "displayName", Integration: "new_name" } when features.LongTexts && side == SyncSide.Local && random.Next(3) == 0 =>
            $"{number} {new string('n', 80)}",
        _ => $"{field.Local} {number}",
    };
}
