using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Execution;

/// <summary>Converts between durations and numbers of minutes, as Dataverse counts them, or texts.</summary>
internal static class DurationConversion
{
    /// <summary>The minutes of a duration.</summary>
    public static decimal MinutesOf(FieldValue duration) =>
        (decimal)duration.AsDuration().Ticks / TimeSpan.TicksPerMinute;

    /// <summary>Converts a number of minutes, or a text in the form of ISO 8601.</summary>
    /// <exception cref="UnfitValueException">The value is none, or out of range.</exception>
    public static FieldValue ToDuration(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Duration => value,
        FieldValueKind.Integer or FieldValueKind.Decimal => OfMinutes(value.AsDecimal()),
        FieldValueKind.Text when DurationText.Parse(value.AsText().Trim()) is { } duration => FieldValue.Duration(duration),
        _ => throw new UnfitValueException("the value is no duration, such as PT1H30M, and no number of minutes."),
    };

    private static FieldValue OfMinutes(decimal minutes)
    {
        const decimal TooMany = 1e12m;
        var ticks = minutes is > -TooMany and < TooMany
            ? decimal.Round(minutes * TimeSpan.TicksPerMinute, MidpointRounding.AwayFromZero)
            : decimal.MaxValue;
        return ticks is >= long.MinValue and <= long.MaxValue
            ? FieldValue.Duration(new((long)ticks))
            : throw new UnfitValueException("the number of minutes is too large for a duration.");
    }
}
