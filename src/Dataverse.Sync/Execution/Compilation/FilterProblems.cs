namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds conditions of a filter that no value of their field can meet, or that a service would refuse.
/// </summary>
internal static class FilterProblems
{
    /// <summary>Returns the problems, each beginning with the name of the field. Unknown fields are left out.</summary>
    public static IEnumerable<string> Of(RecordFilter filter, TableSchema schema)
    {
        var binding = new FilterBinding(schema);
        var bound = binding.Bind(filter);
        foreach (var problem in binding.Problems)
        {
            yield return problem;
        }

        foreach (var condition in bound.Conditions())
        {
            var problem = condition switch
            {
                FieldComparison comparison when schema.Find(comparison.Field) is { } field => Of(comparison, field),
                TextPattern pattern when schema.Find(pattern.Field) is { } field => OfPattern(pattern, field),
                ReferenceTarget target when schema.Find(target.Field) is { } field => Of(target, field),
                _ => null,
            };
            if (problem is not null)
            {
                yield return problem;
            }
        }
    }

    /// <summary>
    /// Where a condition stands in a filter text, as the end of a clause; empty if it does not come from one.
    /// </summary>
    public static string PlaceOf(RecordFilter condition) =>
        condition.Position > 0 ? $" at position {condition.Position} of the filter text" : string.Empty;

    /// <summary>Whether an operator compares a part of a text.</summary>
    public static bool IsPattern(ComparisonOperator comparison) =>
        comparison is ComparisonOperator.StartsWith or ComparisonOperator.Contains;

    private static string? OfPattern(RecordFilter condition, FieldSchema field) =>
        field.Type is FieldType.Text or FieldType.Choice
            ? null
            : $"field '{field.Name}' of type {field.Type} with a pattern{PlaceOf(condition)}; "
                + "only texts match patterns.";

    private static string? Of(FieldComparison comparison, FieldSchema field)
    {
        var value = comparison.Value;
        if (value.IsBlank)
        {
            return null;
        }

        if (IsPattern(comparison.Operator) && OfPattern(comparison, field) is { } problem)
        {
            return problem;
        }

        if (!ValueKinds.AreComparable(field.Type, value.Kind))
        {
            return $"field '{field.Name}' of type {field.Type} with a value of kind {value.Kind}{PlaceOf(comparison)}.";
        }

        if (value.Kind == FieldValueKind.Text && value.AsText().Length > field.MaxLength)
        {
            return $"field '{field.Name}', which holds at most {field.MaxLength} characters, "
                + $"with a longer text{PlaceOf(comparison)}.";
        }

        var isWhole = comparison.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        if (field.Type == FieldType.MultiChoice && !isWhole)
        {
            return $"field '{field.Name}' of type {field.Type} by order{PlaceOf(comparison)}; sets of options have none.";
        }

        return isWhole && field is { Type: FieldType.Choice or FieldType.MultiChoice, Options.Count: > 0 } && !IsOption(value, field)
            ? $"field '{field.Name}' with an unknown option. Its options are {ChoiceConversion.ValuesOf(field)}."
            : null;
    }

    private static string? Of(ReferenceTarget target, FieldSchema field)
    {
        if (field.Type != FieldType.Reference)
        {
            return $"the target of field '{field.Name}', which is no reference.";
        }

        var isKnown = field.ReferencedTables.Count == 0
            || field.ReferencedTables.Contains(target.Table, StringComparer.Ordinal);
        return isKnown ? null : $"the target of field '{field.Name}' with table '{target.Table}', to which it cannot point.";
    }

    private static bool IsOption(FieldValue value, FieldSchema field) => value.Kind == FieldValueKind.MultiChoice
        ? value.AsMultiChoice().All(number => IsOption(FieldValue.Integer(number), field))
        : field.Options.Any(option => FieldValueComparer.AreEqual(option.Value, value));
}
