using System.Globalization;

namespace Dataverse.Sync.Execution;

/// <summary>
/// Gives the conditions of a filter the names of the fields of a table, and the values of a filter text the types of
/// the fields.
/// </summary>
/// <remarks>
/// Nobody knows the fields when a text is read. So it happens when a mapping is compiled, and connectors see typed
/// comparisons only.
/// </remarks>
internal sealed class FilterBinding(TableSchema schema)
{
    private readonly List<string> problems = [];

    /// <summary>What cannot be bound, each beginning with the name of the field. Unknown fields are left out.</summary>
    public IReadOnlyList<string> Problems => problems;

    /// <summary>
    /// Returns a filter with the names and the types of a table. What cannot be bound stays as it is.
    /// </summary>
    public static RecordFilter? Bind(RecordFilter? filter, TableSchema? schema) =>
        filter is null || schema is null ? filter : new FilterBinding(schema).Bind(filter);

    /// <summary>
    /// The fields that a filter reads, as the table names them. A name that it does not know stays as it is.
    /// </summary>
    public static IReadOnlyList<string> FieldsOf(RecordFilter? filter, TableSchema? schema) =>
        Bind(filter, schema)?.Fields ?? [];

    /// <summary>Whether a filter text names a field by its number, as stored filters of Business Central do.</summary>
    public static bool IsNumber(string field) =>
        field.StartsWith("Field", StringComparison.OrdinalIgnoreCase)
        && int.TryParse(field.AsSpan("Field".Length), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    /// <summary>
    /// Returns a filter with the names and the types of the table. What cannot be bound stays as it is.
    /// </summary>
    public RecordFilter Bind(RecordFilter filter) => filter switch
    {
        AllOf all => RecordFilter.All([.. all.Filters.Select(Bind)]),
        AnyOf any => RecordFilter.Any([.. any.Filters.Select(Bind)]),
        Negation negation => Bind(negation.Filter).Not(),
        FieldComparison typed when Find(typed.Field) is { } field => Bind(typed, field),
        TextPattern pattern when Find(pattern.Field) is { } field => Bind(pattern, field),
        ReferenceTarget target when Find(target.Field) is { } field => new ReferenceTarget(field.Name, target.Table),
        UntypedComparison untyped when Find(untyped.Field) is { } field => Type(untyped, field),
        _ => filter,
    };

    // Code that compares a choice with the start of a text means its values. A text means what people see.
    private RecordFilter Bind(FieldComparison typed, FieldSchema field)
    {
        var isWritten = typed.Position > 0 && FilterProblems.IsPattern(typed.Operator);
        return isWritten && field is { Type: FieldType.Choice, Options.Count: > 0 }
            ? Bind(PatternOf(typed), field)
            : ChoiceCondition.InOrder(typed, field)
            ?? new FieldComparison(field.Name, typed.Operator, typed.Value) { Position = typed.Position };
    }

    private RecordFilter Bind(TextPattern pattern, FieldSchema field)
    {
        if (field is not { Type: FieldType.Choice, Options.Count: > 0 })
        {
            return new TextPattern(field.Name, pattern.Parts, pattern.IgnoresAccents) { Position = pattern.Position };
        }

        if (ChoiceCondition.Matching(pattern, field) is { } matching)
        {
            return matching;
        }

        problems.Add($"field '{field.Name}' with the pattern '{pattern.Pattern}'{FilterProblems.PlaceOf(pattern)}, "
            + $"which no option matches. Its options are {ChoiceConversion.ValuesOf(field)}.");
        return pattern;
    }

    private static TextPattern PatternOf(FieldComparison typed)
    {
        var text = PatternPart.Literal(typed.Value.AsText());
        IReadOnlyList<PatternPart> parts = typed.Operator == ComparisonOperator.StartsWith
            ? [text, PatternPart.AnyText]
            : [PatternPart.AnyText, text, PatternPart.AnyText];
        return new(typed.Field, parts, ignoresAccents: false) { Position = typed.Position };
    }

    private RecordFilter Type(UntypedComparison untyped, FieldSchema field)
    {
        var (typed, problem) = field.Type switch
        {
            FieldType.Choice => ChoiceCondition.Of(untyped, field),
            FieldType.MultiChoice => ChoiceCondition.OfSeveral(untyped, field),
            _ => (WrittenValue.Compare(field.Name, untyped.Operator, untyped.Text, KindOf(field.Type)),
                FormOf(field.Type)),
        };
        if (typed is not null)
        {
            return typed is FieldComparison comparison ? comparison with { Position = untyped.Position } : typed;
        }

        problems.Add($"field '{field.Name}' with '{untyped.Text}'{FilterProblems.PlaceOf(untyped)}, "
            + $"which is not {problem}.");
        return untyped;
    }

    private FieldSchema? Find(string name) => schema.Find(name)
        ?? OnlyOne(field => IsSame(field.Name, name))
        ?? OnlyOne(field => field.OtherNames.Any(other => IsSame(other, name)));

    private FieldSchema? OnlyOne(Func<FieldSchema, bool> isMeant) =>
        schema.Fields.Where(isMeant).Take(2).ToList() is [var only] ? only : null;

    private static bool IsSame(string left, string right) =>
        string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static FieldValueKind KindOf(FieldType type) => type switch
    {
        FieldType.Boolean => FieldValueKind.Boolean,
        FieldType.Integer => FieldValueKind.Integer,
        FieldType.Decimal => FieldValueKind.Decimal,
        FieldType.Identifier or FieldType.Reference => FieldValueKind.Identifier,
        FieldType.Date => FieldValueKind.Date,
        FieldType.DateTime => FieldValueKind.DateTime,
        FieldType.Duration => FieldValueKind.Duration,
        FieldType.Time => FieldValueKind.Time,
        _ => FieldValueKind.Text,
    };

    private static string FormOf(FieldType type) => type switch
    {
        FieldType.Boolean => "Yes, No, true, or false",
        FieldType.Integer or FieldType.Decimal => "a number, such as 1234.5",
        FieldType.Date => "a date, such as 2026-01-31",
        FieldType.DateTime => "an instant, such as 2026-01-31T10:15:00Z, or a date, such as 2026-01-31",
        FieldType.Duration => "a duration, such as PT1H30M",
        FieldType.Time => "a time of day, such as 08:30:00",
        _ => "a GUID",
    };
}
