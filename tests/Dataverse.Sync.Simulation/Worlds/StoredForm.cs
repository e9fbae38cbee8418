namespace Dataverse.Sync.Simulation;

/// <summary>What a server that keeps to its schema makes of a value.</summary>
internal static class StoredForm
{
    public static FieldValue Of(FieldSchema field, FieldValue value) => value.Kind switch
    {
        FieldValueKind.Decimal when field.Scale is { } scale => FieldValue.Decimal(Math.Round(value.AsDecimal(), scale, MidpointRounding.AwayFromZero)),
        FieldValueKind.DateTime when field.TimeResolution is { } resolution => Cut(value.AsDateTime(), resolution),
        FieldValueKind.Text => FieldValue.Text(Of(field.TextNormalization, value.AsText())),
        _ => value,
    };

    private static FieldValue Cut(DateTimeOffset instant, TimeSpan resolution) => FieldValue.DateTime(new(instant.UtcTicks - (instant.UtcTicks % resolution.Ticks), TimeSpan.Zero));

    private static string Of(TextNormalization normalization, string text)
    {
        text = normalization.HasFlag(TextNormalization.StoresLineFeeds) ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;
        text = normalization.HasFlag(TextNormalization.TrimsStart) ? text.TrimStart() : text;
        text = normalization.HasFlag(TextNormalization.TrimsEnd) ? text.TrimEnd() : text;
        return normalization.HasFlag(TextNormalization.StoresUpperCase) ? text.ToUpperInvariant() : text;
    }
}
