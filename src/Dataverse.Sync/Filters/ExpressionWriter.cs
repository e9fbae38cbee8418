using System.Text;

namespace Dataverse.Sync;

/// <summary>Writes conditions on one field as a filter expression.</summary>
internal static class ExpressionWriter
{
    /// <summary>
    /// Returns the field of a filter that can be written as the expression of one field; null if it cannot.
    /// </summary>
    public static string? FieldOf(RecordFilter filter) => filter switch
    {
        FieldComparison comparison => comparison.Field,
        UntypedComparison comparison => comparison.Field,
        TextPattern pattern => pattern.Field,
        Negation { Filter: var pattern } when IsPattern(pattern) => FieldOf(pattern),
        AllOf all => FieldOf(all.Filters),
        AnyOf any => FieldOf(any.Filters),
        _ => null,
    };

    /// <summary>Writes a filter for which <see cref="FieldOf(RecordFilter)"/> names a field.</summary>
    public static void Write(StringBuilder written, RecordFilter filter)
    {
        switch (filter)
        {
            case AllOf { Filters: [var from, var to] } when IntervalOf(from, to) is { } interval:
                _ = written.Append(interval);
                break;
            case AllOf all:
                WriteList(written, '&', all.Filters, parenthesize: part => IsList(part));
                break;
            case AnyOf any:
                WriteList(written, '|', any.Filters, parenthesize: part => part is AnyOf);
                break;
            case Negation negation:
                WriteCondition(written.Append("<>"), negation.Filter);
                break;
            default:
                WriteCondition(written, filter);
                break;
        }
    }

    private static string? FieldOf(IReadOnlyList<RecordFilter> filters)
    {
        if (filters.Count < 2 || FieldOf(filters[0]) is not { } field)
        {
            return null;
        }

        return filters.Skip(1).All(filter => FieldOf(filter) == field) ? field : null;
    }

    private static bool IsPattern(RecordFilter filter) => filter is TextPattern
        or FieldComparison { Operator: ComparisonOperator.StartsWith or ComparisonOperator.Contains };

    private static bool IsList(RecordFilter filter) => filter is AnyOf
        || (filter is AllOf all && (all.Filters is not [var from, var to] || IntervalOf(from, to) is null));

    private static void WriteList(
        StringBuilder written,
        char separator,
        IReadOnlyList<RecordFilter> filters,
        Predicate<RecordFilter> parenthesize)
    {
        for (var index = 0; index < filters.Count; index++)
        {
            _ = index > 0 ? written.Append(separator) : written;
            if (parenthesize(filters[index]))
            {
                Write(written.Append('('), filters[index]);
                _ = written.Append(')');
            }
            else
            {
                Write(written, filters[index]);
            }
        }
    }

    private static string? IntervalOf(RecordFilter from, RecordFilter to) =>
        Comparison.Of(from) is { Operator: ComparisonOperator.GreaterOrEqual } first
        && Comparison.Of(to) is { Operator: ComparisonOperator.LessOrEqual } last
            ? $"{OperandWriter.Write(first.Text)}..{OperandWriter.Write(last.Text)}"
            : null;

    private static void WriteCondition(StringBuilder written, RecordFilter filter)
    {
        if (filter is TextPattern pattern)
        {
            _ = written.Append(OperandWriter.Write(pattern.Parts, pattern.IgnoresAccents));
            return;
        }

        var comparison = Comparison.Of(filter)!;
        _ = comparison.Operator switch
        {
            ComparisonOperator.Equal => written.Append(OperandWriter.Write(comparison.Text)),
            ComparisonOperator.StartsWith => written.Append(OperandWriter.Write(
                [PatternPart.Literal(comparison.Text), PatternPart.AnyText], ignoresAccents: false)),
            ComparisonOperator.Contains => written.Append(OperandWriter.Write(
                [PatternPart.AnyText, PatternPart.Literal(comparison.Text), PatternPart.AnyText],
                ignoresAccents: false)),
            _ => written.Append(SymbolOf(comparison.Operator)).Append(OperandWriter.Write(comparison.Text)),
        };
    }

    private static string SymbolOf(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.NotEqual => "<>",
        ComparisonOperator.Less => "<",
        ComparisonOperator.LessOrEqual => "<=",
        ComparisonOperator.Greater => ">",
        _ => ">=",
    };

    private sealed record Comparison(ComparisonOperator Operator, string Text)
    {
        public static Comparison? Of(RecordFilter filter) => filter switch
        {
            FieldComparison typed => new(typed.Operator, typed.Value.ToString()),
            UntypedComparison untyped => new(untyped.Operator, untyped.Text),
            _ => null,
        };
    }
}
