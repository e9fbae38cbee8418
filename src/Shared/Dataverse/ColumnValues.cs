namespace Dataverse.Sync.Shared;

/// <summary>What the types of fields can hold.</summary>
internal static class ColumnValues
{
    /// <summary>Whether a field of the type can hold a value, so that it can be written and compared with.</summary>
    public static bool Accepts(FieldType type, FieldValue value) => type switch
    {
        // No stored text holds half of a surrogate pair or a control character that XML forbids, and neither can be
        // sent.
        FieldType.Text => value.Kind == FieldValueKind.Text && TextRules.Problem(value.AsText()) is null,
        FieldType.Boolean => value.Kind == FieldValueKind.Boolean,
        FieldType.Integer => IsInteger(value, long.MinValue, long.MaxValue),
        FieldType.Choice => IsInteger(value, int.MinValue, int.MaxValue),
        FieldType.Decimal => IsNumber(value),
        FieldType.Identifier or FieldType.Reference => IsIdentifier(value),
        FieldType.Date => value.Kind == FieldValueKind.Date,
        FieldType.DateTime => value.Kind == FieldValueKind.DateTime,
        FieldType.MultiChoice => value.Kind == FieldValueKind.MultiChoice,
        FieldType.Duration => value.Kind == FieldValueKind.Duration && MinutesOf(value) is not null,
        _ => false,
    };

    /// <summary>The minutes of a duration, in which the service counts; null if there are none that it can store.</summary>
    public static int? MinutesOf(FieldValue duration)
    {
        var (minutes, rest) = Math.DivRem(duration.AsDuration().Ticks, TimeSpan.TicksPerMinute);
        return rest == 0 && minutes is >= int.MinValue and <= int.MaxValue ? (int)minutes : null;
    }

    private static bool IsNumber(FieldValue value) => value.Kind is FieldValueKind.Integer or FieldValueKind.Decimal;

    private static bool IsIdentifier(FieldValue value) =>
        value.Kind is FieldValueKind.Identifier or FieldValueKind.Reference;

    private static bool IsInteger(FieldValue value, long least, long greatest) =>
        IsNumber(value) && value.AsDecimal() is var number && number == decimal.Truncate(number) && number >= least && number <= greatest;
}
