namespace Dataverse.Sync.Execution;

/// <summary>Which kinds of values the types of fields accept.</summary>
internal static class ValueKinds
{
    /// <summary>Whether a value that a system returned can be one of a field.</summary>
    /// <remarks>Every value has a text, a number may come as a text, and an instant in place of a date.</remarks>
    public static bool IsReadable(FieldType type, FieldValue value) => value.Kind switch
    {
        FieldValueKind.Blank => true,
        FieldValueKind.Unreadable => false,
        FieldValueKind.Text when type is FieldType.Integer or FieldType.Decimal => ValueConversion.IsNumber(value.AsText()),
        FieldValueKind.Date or FieldValueKind.DateTime when type is FieldType.Date or FieldType.DateTime => true,
        _ => type == FieldType.Text || AreComparable(type, value.Kind),
    };

    /// <summary>Whether values of a kind can equal values of a field.</summary>
    public static bool AreComparable(FieldType type, FieldValueKind kind) => type switch
    {
        FieldType.Text => kind == FieldValueKind.Text,
        FieldType.Boolean => kind == FieldValueKind.Boolean,
        FieldType.Integer or FieldType.Decimal => kind is FieldValueKind.Integer or FieldValueKind.Decimal,
        FieldType.Identifier or FieldType.Reference => kind is FieldValueKind.Identifier or FieldValueKind.Reference,
        FieldType.Date => kind == FieldValueKind.Date,
        FieldType.DateTime => kind == FieldValueKind.DateTime,
        FieldType.MultiChoice => kind == FieldValueKind.MultiChoice,
        FieldType.Duration => kind == FieldValueKind.Duration,
        FieldType.Time => kind == FieldValueKind.Time,
        _ => kind is FieldValueKind.Integer or FieldValueKind.Text,
    };
}
