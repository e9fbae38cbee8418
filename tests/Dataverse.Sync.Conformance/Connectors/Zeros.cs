namespace Dataverse.Sync.Conformance;

/// <summary>What fields hold that have no value.</summary>
internal static class Zeros
{
    /// <summary>A blank, or the false and the zero of fields that know no blank.</summary>
    public static FieldValue OrBlank(FieldSchema field) => (field.CanBeBlank, field.Type) switch
    {
        (true, _) => FieldValue.Blank,
        (_, FieldType.Boolean) => FieldValue.Boolean(false),
        (_, FieldType.Integer) => FieldValue.Integer(0),
        (_, FieldType.Decimal) => FieldValue.Decimal(0),
        (_, FieldType.Duration) => FieldValue.Duration(TimeSpan.Zero),
        (_, FieldType.Time) => FieldValue.Time(TimeOnly.MinValue),
        _ => FieldValue.Blank,
    };
}
