namespace Dataverse.Sync.Execution;

/// <summary>Brings values of a field's type to the resolution of the field: scale, time, and form of a text.</summary>
/// <remarks>
/// The engine fits values before it sends and compares them, so nothing is left to the rounding of a system, and the
/// stored value is known to the last digit.
/// </remarks>
internal static class ValueFitting
{
    // Systems store instants to the second or finer.
    private static readonly TimeSpan LongestUnknownResolution = TimeSpan.FromSeconds(1);

    /// <summary>Fits a value to a field.</summary>
    /// <param name="value">A value of the field's type.</param>
    /// <param name="field">The field.</param>
    /// <param name="isKey">Whether the value identifies a record, so that it must not be cut. A code always does.</param>
    /// <param name="scaleReference">The reference that the scale of an amount follows, or blank.</param>
    /// <exception cref="UnfitValueException">A key or a code is too long for the field.</exception>
    public static FittedValue Fit(
        FieldValue value, FieldSchema field, bool isKey = false, FieldValue scaleReference = default) =>
        value.Kind switch
        {
            FieldValueKind.Text when field.Type == FieldType.Text => FitText(value, field, isKey || field.IsCode),
            FieldValueKind.Decimal when ScaleOf(field, scaleReference) is { } scale => new(Round(value, scale)),
            FieldValueKind.DateTime => new(FitTime(value, field)),
            FieldValueKind.Duration or FieldValueKind.Time when field.TimeResolution is { Ticks: > 0 and var unit } =>
                new(FitTicks(value, unit)),
            _ => new(value),
        };

    /// <summary>The number of decimal places of a field, or null if it is unlimited or unknown.</summary>
    public static int? ScaleOf(FieldSchema field, FieldValue scaleReference) =>
        field.ScaleByReference is { } byReference
        && scaleReference.Kind is FieldValueKind.Reference or FieldValueKind.Identifier
        && byReference.Scales.TryGetValue(scaleReference.AsIdentifier(), out var scale)
            ? scale
            : field.Scale;

    /// <summary>Returns a value that a field already contains in the form in which the field stores new ones.</summary>
    public static FieldValue AsStored(FieldValue value, FieldSchema field, FieldValue scaleReference) =>
        value.Kind == FieldValueKind.Text
            ? FieldValue.Text(TextForm.Normalize(value.AsText(), field))
            : Fit(value, field, scaleReference: scaleReference).Value;

    /// <summary>Whether a system that rounds in some way may have made one number of another.</summary>
    public static bool MayBeRoundedTo(FieldValue value, FieldValue found, FieldSchema field, FieldValue scaleReference)
    {
        if (value.Kind != FieldValueKind.Decimal
            || found.Kind != FieldValueKind.Decimal
            || ScaleOf(field, scaleReference) is not (>= 0 and <= 28 and var scale))
        {
            return false;
        }

        var (number, rounded) = (value.AsDecimal(), found.AsDecimal());
        return rounded == decimal.Round(number, scale, MidpointRounding.ToEven)
            || rounded == decimal.Round(number, scale, MidpointRounding.ToZero);
    }

    /// <summary>
    /// Whether a system may have stored one value as another without saying so: a text in another form, a zero for a
    /// blank, or, where its schema tells no resolution, a shorter number or an earlier instant.
    /// </summary>
    public static bool MayBeStoredAs(FieldValue sent, FieldValue stored, FieldSchema field, FieldValue scaleReference) =>
        (sent.Kind, stored.Kind) switch
        {
            (FieldValueKind.Text, FieldValueKind.Text or FieldValueKind.Blank) =>
                TextForm.MayBeStoredAs(sent.AsText(), stored.AsText()),
            (FieldValueKind.Decimal, FieldValueKind.Decimal or FieldValueKind.Integer)
                when ScaleOf(field, scaleReference) is null => IsShortened(sent.AsDecimal(), stored.AsDecimal()),
            (FieldValueKind.DateTime, FieldValueKind.DateTime) when field.TimeResolution is null =>
                (sent.AsDateTime() - stored.AsDateTime()).Duration() < LongestUnknownResolution,
            (FieldValueKind.Duration, FieldValueKind.Duration) when field.TimeResolution is null =>
                (sent.AsDuration() - stored.AsDuration()).Duration() < LongestUnknownResolution,
            (FieldValueKind.Time, FieldValueKind.Time) when field.TimeResolution is null =>
                (sent.AsTime().ToTimeSpan() - stored.AsTime().ToTimeSpan()).Duration() < LongestUnknownResolution,
            _ => ValueConversion.AreEquivalent(sent, stored),
        };

    private static bool IsShortened(decimal sent, decimal stored)
    {
        var places = (stored / 1.0000000000000000000000000000m).Scale;
        return stored == decimal.Round(sent, places, MidpointRounding.AwayFromZero)
            || stored == decimal.Round(sent, places, MidpointRounding.ToEven)
            || stored == decimal.Round(sent, places, MidpointRounding.ToZero);
    }

    private static FieldValue Round(FieldValue value, int scale)
    {
        var number = value.AsDecimal();
        return scale is < 0 or > 28 || number.Scale <= scale
            ? value
            : FieldValue.Decimal(decimal.Round(number, scale, MidpointRounding.AwayFromZero));
    }

    private static FieldValue FitTime(FieldValue value, FieldSchema field)
    {
        var resolution = field.DateTimeBehavior == DateTimeBehavior.DateOnly
            ? TimeSpan.TicksPerDay
            : field.TimeResolution?.Ticks ?? 0;
        var instant = value.AsDateTime();
        var excess = resolution > 0 ? instant.UtcTicks % resolution : 0;
        return excess == 0 ? value : FieldValue.DateTime(instant.AddTicks(-excess));
    }

    // A duration is a number, and is rounded like one. A time of day is cut, so that it stays within its day.
    private static FieldValue FitTicks(FieldValue value, long unit)
    {
        if (value.Kind == FieldValueKind.Time)
        {
            var time = value.AsTime().Ticks;
            return time % unit == 0 ? value : FieldValue.Time(new(time - (time % unit)));
        }

        var ticks = value.AsDuration().Ticks;
        var rounded = decimal.Round((decimal)ticks / unit, MidpointRounding.AwayFromZero) * unit;
        return rounded == ticks || rounded is < long.MinValue or > long.MaxValue
            ? value
            : FieldValue.Duration(new((long)rounded));
    }

    private static FittedValue FitText(FieldValue value, FieldSchema field, bool isKey)
    {
        var given = value.AsText();
        var text = TextForm.Normalize(given, field);
        if (field.MaxLength is not { } longest || text.Length <= longest)
        {
            return new(ReferenceEquals(text, given) ? value : FieldValue.Text(text));
        }

        // Letters and marks that are joined, and line ends of one character, are the same text and shorter.
        text = TextForm.Canonical(text);
        if (text.Length <= longest)
        {
            return new(FieldValue.Text(text));
        }

        if (isKey)
        {
            throw new UnfitValueException(
                $"the value has {text.Length} characters, and field '{field.Name}' holds at most {longest}. "
                + "A key or a code is never cut.");
        }

        return new(FieldValue.Text(TextForm.Normalize(TextForm.Cut(text, longest), field)), IsCut: true);
    }
}
