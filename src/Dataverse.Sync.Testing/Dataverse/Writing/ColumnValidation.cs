using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The checks that a value must pass before it is stored, and the form in which it is stored.</summary>
internal static partial class ColumnValidation
{
    private static readonly DateTimeOffset MinDate = new(1753, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <returns>
    /// The value as it is stored: empty text as null, time in whole UTC seconds, numbers rounded to the precision.
    /// </returns>
    /// <exception cref="DataverseErrorException">The value does not fit the column.</exception>
    public static object? Check(
        DataverseTableSchema table, DataverseColumn column, object? value, DataverseEmulatorOptions options)
    {
        if (value is string written && column.Type is (DataverseColumnType.Text or DataverseColumnType.Memo))
        {
            value = StoredText(written, options);
        }

        if (value is null or "" && column.Requirement is DataverseRequirement.SystemRequired)
        {
            throw Refused("0x80044331", table, column, "cannot be empty");
        }

        return value switch
        {
            null => null,
            _ when column.Type is DataverseColumnType.Image or DataverseColumnType.File =>
                throw Refused("0x80040216", table, column, "is a picture or a file, which is not emulated"),
            "" when options.EmptyTextIsNull => null,
            string text when column.Type is DataverseColumnType.MultiChoice => Choices(table, column, text),
            string text => Text(table, column, text),
            int choice when column.Choices.Count > 0 => Choice(table, column, choice),
            int number => Range(table, column, number, "0x8004432F"),
            long => value,
            decimal number => Range(
                table,
                column,
                column.Type is DataverseColumnType.Money
                    ? number
                    : Math.Round(number, column.Precision, options.NumberRounding),
                "0x80044330"),
            double number => Range(
                table, column, Math.Round(number, column.Precision, options.NumberRounding), "0x80044330"),
            DateTimeOffset time => Date(table, column, time, options),
            DateOnly day when day.Year < MinDate.Year => throw Refused("0x80040239", table, column, "is before 1753"),
            _ => value,
        };
    }

    private static string Text(DataverseTableSchema table, DataverseColumn column, string text)
    {
        if (text.Length > column.MaxLength)
        {
            throw Refused("0x80044331", table, column, $"exceeded the maximum allowed length of '{column.MaxLength}'");
        }

        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]);
            if (!isPair && !XmlConvert.IsXmlChar(text[i]))
            {
                throw Refused("0x80040278", table, column, "contains a character that is not allowed");
            }

            i += isPair ? 1 : 0;
        }

        return text;
    }

    private static int Choice(DataverseTableSchema table, DataverseColumn column, int choice) =>
        column.Choices.Any(member => member.Value == choice)
            ? choice
            : throw Refused("0x8004431A", table, column, "is outside the valid range of the choice");

    private static string Choices(DataverseTableSchema table, DataverseColumn column, string text)
    {
        foreach (var member in text.Split(','))
        {
            _ = Choice(
                table, column,
                int.TryParse(member, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value)
                    ? value
                    : int.MinValue);
        }

        return text;
    }

    private static object Range(DataverseTableSchema table, DataverseColumn column, object number, string code)
    {
        var isOutside = number is double real && (!double.IsFinite(real) || Math.Abs(real) > 1e28);
        if (!isOutside)
        {
            var value = Convert.ToDecimal(number, CultureInfo.InvariantCulture);
            isOutside = value < column.MinValue || value > column.MaxValue;
        }

        return isOutside ? throw Refused(code, table, column, "is outside the valid range") : number;
    }

    private static DateTimeOffset Date(
        DataverseTableSchema table, DataverseColumn column, DateTimeOffset time, DataverseEmulatorOptions options)
    {
        var half = options.RoundsFractionsOfSeconds ? TimeSpan.TicksPerSecond / 2 : 0;
        return time < MinDate
            ? throw Refused("0x80040239", table, column, "is before 1753")
            : DataverseStore.Seconds(time.AddTicks(half));
    }

    // What the service does to a text without saying so.
    private static string StoredText(string text, DataverseEmulatorOptions options)
    {
        if (options.ShortensInstantTexts)
        {
            text = InstantFraction().Replace(text, match => match.Groups["kept"].Value.TrimEnd('.'));
        }

        if (options.StoresLineFeeds)
        {
            text = text.ReplaceLineEndings("\n");
        }

        return options.TrimsText ? text.Trim() : text;
    }

    [GeneratedRegex(@"(?<=^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?<kept>\.\d*?)0+(?=(Z|[+-]\d\d:\d\d)?\z)", RegexOptions.CultureInvariant)]
    private static partial Regex InstantFraction();

    private static DataverseErrorException Refused(
        string code, DataverseTableSchema table, DataverseColumn column, string reason) =>
        new(
            400, code,
            $"A validation error occurred. The value of '{column.Name}' on record of type '{table.LogicalName}' {reason}.");
}
