namespace Dataverse.Sync;

/// <summary>
/// Compares values as the queries of both clouds do: texts without regard to letter case, numbers by amount, and sets
/// of options without regard to order.
/// </summary>
internal static class FieldValueComparer
{
    public static bool AreEqual(FieldValue left, FieldValue right)
    {
        if (left.IsBlank || right.IsBlank)
        {
            return left.IsBlank && right.IsBlank;
        }

        return Compare(left, right) == 0;
    }

    /// <summary>Compares two values. Returns null if they have no order, such as values of different kinds.</summary>
    public static int? Compare(FieldValue left, FieldValue right)
    {
        if (IsNumber(left.Kind) && IsNumber(right.Kind))
        {
            return left.AsDecimal().CompareTo(right.AsDecimal());
        }

        if (IsGuid(left.Kind) && IsGuid(right.Kind))
        {
            return left.AsIdentifier().CompareTo(right.AsIdentifier());
        }

        return left.Kind != right.Kind ? null : left.Kind switch
        {
            FieldValueKind.Text => string.Compare(left.AsText(), right.AsText(), StringComparison.OrdinalIgnoreCase),
            FieldValueKind.Boolean => left.AsBoolean().CompareTo(right.AsBoolean()),
            FieldValueKind.Date => left.AsDate().CompareTo(right.AsDate()),
            FieldValueKind.DateTime => left.AsDateTime().CompareTo(right.AsDateTime()),
            FieldValueKind.Duration => left.AsDuration().CompareTo(right.AsDuration()),
            FieldValueKind.Time => left.AsTime().CompareTo(right.AsTime()),
            FieldValueKind.MultiChoice => left == right ? 0 : null,
            _ => null,
        };
    }

    private static bool IsNumber(FieldValueKind kind) => kind is FieldValueKind.Integer or FieldValueKind.Decimal;

    private static bool IsGuid(FieldValueKind kind) => kind is FieldValueKind.Identifier or FieldValueKind.Reference;
}
