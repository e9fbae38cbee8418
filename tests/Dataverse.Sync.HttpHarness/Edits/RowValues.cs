using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.HttpHarness;

/// <summary>The values of rows as plain objects: null for blank, text, decimal, or <see cref="DateTimeOffset"/>.</summary>
internal static class RowValues
{
    /// <summary>A value of a Business Central row.</summary>
    public static object? Of(JsonObject row, FieldPair field)
    {
        var value = row[field.Local];
        return value?.GetValueKind() switch
        {
            null or JsonValueKind.Null => null,
            JsonValueKind.String => FromText(value.GetValue<string>(), field.Form),
            JsonValueKind.Number => decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture),
            JsonValueKind.True => "true",
            _ => null,
        };
    }

    /// <summary>A value of a Dataverse row.</summary>
    public static object? Of(DataverseRow row, FieldPair field) => row[field.Integration] switch
    {
        null => null,
        string { Length: 0 } => null,
        string text => text,
        bool flag => flag ? "true" : null,
        int option when field.Form == FieldForm.Choice => LabelOf(option, field),
        int number => (decimal)number,
        decimal number => number,
        double number => (decimal)number,
        DateTimeOffset instant => instant,
        DateOnly date => date.ToString("O", CultureInfo.InvariantCulture),
        var other => throw new NotSupportedException($"{field.Integration} holds a {other.GetType().Name}."),
    };

    /// <summary>A value that the engine kept, as on the given side.</summary>
    public static object? Of(FieldValue value, FieldPair field) => value.Kind switch
    {
        FieldValueKind.Blank => null,
        FieldValueKind.Boolean => value.AsBoolean() ? "true" : null,
        FieldValueKind.Integer when field.Form == FieldForm.Choice => LabelOf((int)value.AsInteger(), field),
        FieldValueKind.Integer => (decimal)value.AsInteger(),
        FieldValueKind.Decimal => value.AsDecimal(),
        FieldValueKind.DateTime => value.AsDateTime(),
        FieldValueKind.Date => value.AsDate().ToString("O", CultureInfo.InvariantCulture),
        _ => FromText(value.ToString(), field.Form),
    };

    public static string Print(object? value) => value switch
    {
        null => "blank",
        DateTimeOffset instant => instant.ToString("O", CultureInfo.InvariantCulture),
        string text => JsonSerializer.Serialize(text),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    private static object? FromText(string text, FieldForm form) => form switch
    {
        _ when text.Length == 0 => null,
        FieldForm.Instant => Instant(text),
        FieldForm.Date => text.StartsWith("0001", StringComparison.Ordinal) ? null : text,
        FieldForm.Choice => text is " " or "_x0020_" ? null : text,
        _ => text,
    };

    private static object? Instant(string text)
    {
        var instant = DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        return instant.Year <= 1753 ? null : instant;
    }

    private static string LabelOf(int option, FieldPair field) =>
        option >= 1 && option <= field.Choices.Count ? field.Choices[option - 1] : $"option {option}";
}
