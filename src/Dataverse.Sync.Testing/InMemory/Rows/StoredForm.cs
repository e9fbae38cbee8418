namespace Dataverse.Sync.Testing;

/// <summary>Brings values to the form in which a field stores them.</summary>
internal static class StoredForm
{
    /// <summary>The value as it is stored, apart from a scale that depends on a reference.</summary>
    public static FieldValue Of(
        FieldValue value, FieldSchema field, InMemoryFieldOptions? untold, InMemoryTableOptions options) => value.Kind switch
        {
            FieldValueKind.Text => FieldValue.Text(Text(value.AsText(), untold?.TextNormalization ?? field.TextNormalization)),
            FieldValueKind.Decimal =>
                Number(value, untold?.Scale ?? (field.ScaleByReference is null ? field.Scale : null), options),
            FieldValueKind.Duration or FieldValueKind.Time =>
                Clock(value, untold?.TimeResolution ?? field.TimeResolution, options),
            FieldValueKind.Blank => Blank(field),
            FieldValueKind.DateTime => Instant(value, untold?.TimeResolution ?? field.TimeResolution, options),
            _ => value,
        };

    /// <summary>What a field holds that nobody has given a value: the zero of its type if it cannot be blank.</summary>
    public static FieldValue Blank(FieldSchema field) => (field.CanBeBlank, field.Type) switch
    {
        (false, FieldType.Boolean) => FieldValue.Boolean(false),
        (false, FieldType.Integer) => FieldValue.Integer(0),
        (false, FieldType.Decimal) => FieldValue.Decimal(0),
        (false, FieldType.Duration) => FieldValue.Duration(TimeSpan.Zero),
        (false, FieldType.Time) => FieldValue.Time(TimeOnly.MinValue),
        _ => FieldValue.Blank,
    };

    /// <summary>A number with at most so many decimal places.</summary>
    public static FieldValue Number(FieldValue value, int? scale, InMemoryTableOptions options) =>
        scale is { } places && value.Kind == FieldValueKind.Decimal
            ? FieldValue.Decimal(decimal.Round(value.AsDecimal(), places, options.NumberRounding))
            : value;

    private static FieldValue Instant(FieldValue value, TimeSpan? resolution, InMemoryTableOptions options)
    {
        if (resolution is not { Ticks: > 0 and var unit })
        {
            return value;
        }

        var instant = value.AsDateTime();
        var ticks = instant.UtcTicks + (options.RoundsInstants ? unit / 2 : 0);
        return FieldValue.DateTime(new DateTimeOffset(ticks - (ticks % unit), TimeSpan.Zero));
    }

    private static FieldValue Clock(FieldValue value, TimeSpan? resolution, InMemoryTableOptions options)
    {
        if (resolution is not { Ticks: > 0 and var unit })
        {
            return value;
        }

        if (value.Kind == FieldValueKind.Time)
        {
            var ticks = value.AsTime().Ticks;
            return FieldValue.Time(new TimeOnly(ticks - (ticks % unit)));
        }

        var exact = (decimal)value.AsDuration().Ticks / unit;
        var units = options.RoundsInstants ? decimal.Round(exact, options.NumberRounding) : decimal.Truncate(exact);
        return FieldValue.Duration(new TimeSpan((long)units * unit));
    }

    private static string Text(string text, TextNormalization form)
    {
        if (form.HasFlag(TextNormalization.StoresLineFeeds))
        {
            text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        }

        text = form.HasFlag(TextNormalization.TrimsStart) ? text.TrimStart() : text;
        text = form.HasFlag(TextNormalization.TrimsEnd) ? text.TrimEnd() : text;
        return form.HasFlag(TextNormalization.StoresUpperCase) ? text.ToUpperInvariant() : text;
    }
}
