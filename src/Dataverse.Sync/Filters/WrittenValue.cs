using System.Globalization;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync;

/// <summary>Reads the values of filter texts as the kind of their field.</summary>
/// <remarks>
/// Numbers, dates, and instants have one form whatever the language of the machine or of a user is: <c>1234.5</c>,
/// <c>2026-01-31</c>, and <c>2026-01-31T10:15:00Z</c>. Those of AL, such as <c>20260131D</c> and <c>0D</c>, are read
/// too.
/// </remarks>
internal static class WrittenValue
{
    private const NumberStyles Number = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint
        | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite;

    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] Dates = ["yyyy-MM-dd", "yyyyMMdd'D'", "yyyyMMdd'd'"];

    private static readonly string[] Instants =
    [
        "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>
    /// Returns a comparison with a written value of a kind, or null if the value cannot be read as that kind.
    /// </summary>
    public static RecordFilter? Compare(string field, ComparisonOperator comparison, string text, FieldValueKind kind)
    {
        if (kind == FieldValueKind.DateTime && TryReadDate(text, out var date))
        {
            return CompareDay(field, comparison, date);
        }

        return TryRead(text, kind, out var value) ? Compare(field, comparison, value) : null;
    }

    private static RecordFilter? Compare(string field, ComparisonOperator comparison, FieldValue value)
    {
        if (!value.IsBlank)
        {
            return new FieldComparison(field, comparison, value);
        }

        // The zero GUID and 0D are how Business Central writes a blank.
        return comparison switch
        {
            ComparisonOperator.Equal or ComparisonOperator.LessOrEqual => RecordFilter.IsBlank(field),
            ComparisonOperator.NotEqual or ComparisonOperator.Greater => RecordFilter.IsNotBlank(field),
            _ => null,
        };
    }

    private static bool TryRead(string text, FieldValueKind kind, out FieldValue value)
    {
        value = default;
        switch (kind)
        {
            case FieldValueKind.Text:
                value = FieldValue.Text(text);
                return true;
            case FieldValueKind.Integer or FieldValueKind.Decimal:
                return TryReadNumber(text, kind, out value);
            case FieldValueKind.Boolean:
                return TryReadBoolean(text.Trim(), out value);
            case FieldValueKind.Identifier or FieldValueKind.Reference:
                var isGuid = Guid.TryParse(text.Trim(), out var id);
                value = FieldValue.Identifier(id);
                return isGuid;
            case FieldValueKind.Date:
                var isDate = TryReadDate(text, out var date);
                value = date is { } day ? FieldValue.Date(day) : FieldValue.Blank;
                return isDate;
            case FieldValueKind.DateTime:
                var isInstant = DateTimeOffset.TryParseExact(
                    text.Trim(), Instants, CultureInfo.InvariantCulture, Utc, out var instant);
                value = FieldValue.DateTime(instant);
                return isInstant;
            case FieldValueKind.Duration:
                var duration = DurationText.Parse(text.Trim());
                value = FieldValue.Duration(duration ?? default);
                return duration is not null;
            case FieldValueKind.Time:
                var time = TimeText.Parse(text.Trim());
                value = FieldValue.Time(time ?? default);
                return time is not null;
            case FieldValueKind.MultiChoice:
                var options = OptionNumbers.Parse(text);
                value = FieldValue.MultiChoice(options ?? []);
                return options is not null;
            default:
                return false;
        }
    }

    private static bool TryReadNumber(string text, FieldValueKind kind, out FieldValue value)
    {
        var isNumber = decimal.TryParse(text, Number, CultureInfo.InvariantCulture, out var number);
        var isInteger = kind == FieldValueKind.Integer
            && number == decimal.Truncate(number)
            && number is >= long.MinValue and <= long.MaxValue;
        value = isInteger ? FieldValue.Integer((long)number) : FieldValue.Decimal(number);
        return isNumber;
    }

    private static bool TryReadBoolean(string text, out FieldValue value)
    {
        bool Is(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (string.Equals(text, word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }

        var isTrue = Is("yes", "true", "1");
        value = FieldValue.Boolean(isTrue);
        return isTrue || Is("no", "false", "0");
    }

    /// <summary>Reads a date. That of a blank, <c>0D</c>, is null.</summary>
    private static bool TryReadDate(string text, out DateOnly? date)
    {
        var written = text.Trim();
        date = null;
        if (written.ToUpperInvariant() is "0D" or "0DT" or "0001-01-01")
        {
            return true;
        }

        var isDate = DateOnly.TryParseExact(
            written, Dates, CultureInfo.InvariantCulture, DateTimeStyles.None, out var found);
        date = isDate ? found : null;
        return isDate;
    }

    /// <summary>Compares an instant with a date, which stands for the whole day in UTC.</summary>
    private static RecordFilter? CompareDay(string field, ComparisonOperator comparison, DateOnly? date)
    {
        if (date is not { } day)
        {
            return Compare(field, comparison, FieldValue.Blank);
        }

        var start = Instant(day);
        if (comparison is ComparisonOperator.Less or ComparisonOperator.GreaterOrEqual)
        {
            return new FieldComparison(field, comparison, start);
        }

        // The last day that there is has no next one, whose beginning would end it.
        var hasNext = day < DateOnly.MaxValue;
        var end = hasNext ? Instant(day.AddDays(1)) : FieldValue.DateTime(DateTimeOffset.MaxValue);
        var isAfter = new FieldComparison(
            field, hasNext ? ComparisonOperator.GreaterOrEqual : ComparisonOperator.Greater, end);
        var isNotAfter = new FieldComparison(
            field, hasNext ? ComparisonOperator.Less : ComparisonOperator.LessOrEqual, end);
        var isWithin = new AllOf([new FieldComparison(field, ComparisonOperator.GreaterOrEqual, start), isNotAfter]);
        return comparison switch
        {
            ComparisonOperator.Equal => isWithin,
            ComparisonOperator.NotEqual => isWithin.Not(),
            ComparisonOperator.Greater => isAfter,
            _ => isNotAfter,
        };
    }

    private static FieldValue Instant(DateOnly day) =>
        FieldValue.DateTime(new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
}
