namespace Dataverse.Sync.BusinessCentral;

/// <summary>Compares written values with the form in which the service stores them.</summary>
internal static class StoredValues
{
    /// <summary>
    /// Whether a stored value is the written one: codes without regard to case and outer spaces, numbers by amount,
    /// blanks as the service stores them.
    /// </summary>
    public static bool IsSame(FieldSchema field, FieldValue stored, FieldValue written) => field.Type switch
    {
        FieldType.Text when field.IsCode => IsSameCode(stored.AsText(), written.AsText()),
        FieldType.Integer or FieldType.Decimal => Number(stored) == Number(written),
        FieldType.Boolean => Boolean(stored) == Boolean(written),
        FieldType.Duration => Duration(stored) == Duration(written),
        FieldType.Time => Time(stored) == Time(written),
        FieldType.Identifier or FieldType.Reference => Identifier(stored) == Identifier(written),
        _ => stored == written,
    };

    private static bool IsSameCode(string stored, string written) =>
        string.Equals(stored.Trim(), written.Trim(), StringComparison.OrdinalIgnoreCase);

    private static decimal Number(FieldValue value) => value.IsBlank ? 0 : value.AsDecimal();

    private static bool Boolean(FieldValue value) => !value.IsBlank && value.AsBoolean();

    private static TimeSpan Duration(FieldValue value) => value.IsBlank ? TimeSpan.Zero : value.AsDuration();

    private static TimeOnly Time(FieldValue value) => value.IsBlank ? TimeOnly.MinValue : value.AsTime();

    private static Guid Identifier(FieldValue value) => value.IsBlank ? Guid.Empty : value.AsIdentifier();
}
