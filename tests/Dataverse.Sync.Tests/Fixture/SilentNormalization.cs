namespace Dataverse.Sync.Tests.Fixture;

/// <summary>Changes values as a service does that says nothing about it: it rounds, cuts times, and trims.</summary>
internal static class SilentNormalization
{
    public static FieldValue Apply(FieldSchema field, FieldValue value) => value.Kind switch
    {
        FieldValueKind.Decimal when field.Scale is { } scale =>
            FieldValue.Decimal(decimal.Round(value.AsDecimal(), scale, MidpointRounding.ToZero)),
        FieldValueKind.DateTime => FieldValue.DateTime(
            new DateTimeOffset(value.AsDateTime().Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, default)),
        FieldValueKind.Text when field.Name == "normalized" =>
            FieldValue.Text(value.AsText().Replace("\r\n", "\n", StringComparison.Ordinal).Trim()),
        _ => value,
    };
}
