using System.Globalization;

namespace Dataverse.Sync.Execution;

/// <summary>Compares choices with options that a filter text names by label, by value, or by number.</summary>
internal static class ChoiceCondition
{
    /// <summary>Returns the comparison, or null and what the written option is not.</summary>
    public static (RecordFilter? Typed, string Problem) Of(UntypedComparison written, FieldSchema field)
    {
        var problem = $"an option. The options are {ChoiceConversion.ValuesOf(field)}";
        if (field.Options.Count == 0)
        {
            return (WithUnknownOptions(written, field), "a value of the choice");
        }

        if (ChoiceConversion.Named(field, written.Text) is { } option)
        {
            return written.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual
                ? (new FieldComparison(field.Name, written.Operator, option.Value), problem)
                : (InOrder(written.Operator, field, ChoiceConversion.NumberOf(option)), "an option with a known order");
        }

        return IsBlank(written.Text, field) ? (Blank(written, field), problem) : (null, problem);
    }

    /// <summary>Returns the comparison of a set of options, or null and what the written text is not.</summary>
    public static (RecordFilter? Typed, string Problem) OfSeveral(UntypedComparison written, FieldSchema field)
    {
        var options = MultiChoiceConversion.Named(field, written.Text);
        return (
            options is { } named ? new FieldComparison(field.Name, written.Operator, named) : null,
            $"a list of options, separated by semicolons. The options are {ChoiceConversion.ValuesOf(field)}");
    }

    /// <summary>Returns the options whose label in any language matches a pattern, or null if there are none.</summary>
    public static RecordFilter? Matching(TextPattern pattern, FieldSchema field)
    {
        var passing = field.Options
            .Where(option => pattern.IsMatch(option.Label) || option.OtherLabels.Any(pattern.IsMatch))
            .Select(option => RecordFilter.Equal(field.Name, option.Value)).ToList();
        if (pattern.IsMatch(string.Empty))
        {
            passing.Add(RecordFilter.IsBlank(field.Name));
        }

        return passing.Count > 0 ? RecordFilter.Any(passing) : null;
    }

    /// <summary>
    /// Returns a typed comparison for order with the name of an option by the numbers of the options; null if it is
    /// none, or if a number is unknown.
    /// </summary>
    public static RecordFilter? InOrder(FieldComparison typed, FieldSchema field)
    {
        var hasOrder = typed.Operator is ComparisonOperator.Less or ComparisonOperator.LessOrEqual
            or ComparisonOperator.Greater or ComparisonOperator.GreaterOrEqual;
        return hasOrder && field.Type == FieldType.Choice && typed.Value.Kind == FieldValueKind.Text
            && ChoiceConversion.Named(field, typed.Value.AsText()) is { } option
                ? InOrder(typed.Operator, field, ChoiceConversion.NumberOf(option))
                : null;
    }

    // Enumerations of Business Central have a blank member, which has the number 0 and is not among the options.
    private static bool IsBlank(string text, FieldSchema field) =>
        text.Trim() == "0" && field.CanBeBlank && field.Options.All(option => option.Number is > 0);

    private static RecordFilter? Blank(UntypedComparison written, FieldSchema field) =>
        written.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual
            ? new FieldComparison(field.Name, written.Operator, FieldValue.Blank)
            : InOrder(written.Operator, field, 0);

    private static RecordFilter? WithUnknownOptions(UntypedComparison written, FieldSchema field)
    {
        var isNumber = long.TryParse(
            written.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number);
        var asText = new FieldComparison(field.Name, written.Operator, FieldValue.Text(written.Text));
        var asNumber = isNumber ? new FieldComparison(field.Name, written.Operator, FieldValue.Integer(number)) : null;
        return asNumber is null ? asText
            : written.Operator == ComparisonOperator.NotEqual ? RecordFilter.All(asText, asNumber)
            : RecordFilter.Any(asText, asNumber);
    }

    /// <summary>Compares a choice by the numbers of its options, which order them, and not by their names.</summary>
    private static RecordFilter? InOrder(ComparisonOperator comparison, FieldSchema field, long? bound)
    {
        if (bound is not { } limit || field.Options.Any(option => ChoiceConversion.NumberOf(option) is null))
        {
            return null;
        }

        if (field.Options.All(option => option.Value.Kind == FieldValueKind.Integer))
        {
            return new FieldComparison(field.Name, comparison, FieldValue.Integer(limit));
        }

        var passing = field.Options
            .Where(option => Passes(comparison, ChoiceConversion.NumberOf(option)!.Value, limit))
            .Select(option => RecordFilter.Equal(field.Name, option.Value)).ToList();
        if (IsBlank("0", field) && Passes(comparison, 0, limit))
        {
            passing.Add(RecordFilter.IsBlank(field.Name));
        }

        return RecordFilter.Any(passing);
    }

    private static bool Passes(ComparisonOperator comparison, long number, long limit) => comparison switch
    {
        ComparisonOperator.Less => number < limit,
        ComparisonOperator.LessOrEqual => number <= limit,
        ComparisonOperator.Greater => number > limit,
        _ => number >= limit,
    };
}
