namespace Dataverse.Sync.Execution;

/// <summary>Brings the constant of a field mapping to the form of its field.</summary>
internal static class Constants
{
    /// <summary>
    /// Returns a constant as the field stores it. A choice accepts a label as well, a set of options labels, and a
    /// duration or a time a text.
    /// </summary>
    /// <exception cref="FormatException">The constant does not fit the field.</exception>
    public static FieldValue Fit(FieldValue constant, FieldSchema field)
    {
        if (constant.IsBlank)
        {
            return constant;
        }

        if (!ValueKinds.AreComparable(field.Type, constant.Kind) && !CanBeWritten(field.Type, constant.Kind))
        {
            throw new UnfitValueException(
                $"a value of kind {constant.Kind} does not fit field '{field.Name}' of type {field.Type}.");
        }

        if (constant.ReferencedTable is { } table
            && field.ReferencedTables.Count > 0
            && !field.ReferencedTables.Contains(table, StringComparer.Ordinal))
        {
            throw new UnfitValueException($"field '{field.Name}' cannot refer to table '{table}'.");
        }

        var isChoice = field.Type is FieldType.Choice or FieldType.MultiChoice;
        var source = new FieldSchema { Name = field.Name, Type = isChoice ? FieldType.Text : field.Type };
        var typed = ValueConversion.ToTypeOf(field, constant, source, zone: null, isConverted: true);
        var fitted = ValueFitting.Fit(typed, field, isKey: true).Value;
        return typed.Kind == FieldValueKind.Decimal && fitted != typed
            ? throw new UnfitValueException($"field '{field.Name}' has at most {field.Scale} decimal places.")
            : fitted;
    }

    private static bool CanBeWritten(FieldType type, FieldValueKind kind) =>
        kind == FieldValueKind.Text && type is (FieldType.MultiChoice or FieldType.Duration or FieldType.Time);
}
