namespace Dataverse.Sync.Shared;

/// <summary>Compares written values with the form in which the service stores them.</summary>
internal static class StoredValues
{
    /// <summary>
    /// Whether a stored value is the written one: instants to the second, numbers by amount, references by id.
    /// </summary>
    public static bool IsSame(FieldValue stored, FieldValue written) => (stored.Kind, written.Kind) switch
    {
        (FieldValueKind.DateTime, FieldValueKind.DateTime) =>
            stored.AsDateTime().ToUnixTimeSeconds() == written.AsDateTime().ToUnixTimeSeconds(),
        (FieldValueKind.Integer or FieldValueKind.Decimal, FieldValueKind.Integer or FieldValueKind.Decimal) =>
            stored.AsDecimal() == written.AsDecimal(),
        (FieldValueKind.Identifier or FieldValueKind.Reference, FieldValueKind.Identifier or FieldValueKind.Reference) =>
            stored.AsIdentifier() == written.AsIdentifier(),
        _ => stored == written,
    };
}
