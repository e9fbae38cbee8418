namespace Dataverse.Sync.Execution;

/// <summary>Which kinds of values the types of fields accept.</summary>
internal static class ValueKinds
{
    /// <summary>Whether values of a kind can equal values of a field.</summary>
    public static bool AreComparable(FieldType type, FieldValueKind kind) => type switch
    {
        FieldType.Text => kind == FieldValueKind.Text,
        FieldType.Boolean => kind == FieldValueKind.Boolean,
        FieldType.Integer or FieldType.Decimal => kind is FieldValueKind.Integer or FieldValueKind.Decimal,
        FieldType.Identifier or FieldType.Reference => kind is FieldValueKind.Identifier or FieldValueKind.Reference,
        FieldType.Date => kind == FieldValueKind.Date,
        FieldType.DateTime => kind == FieldValueKind.DateTime,
        _ => kind is FieldValueKind.Integer or FieldValueKind.Text,
    };
}
