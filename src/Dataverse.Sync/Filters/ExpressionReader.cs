namespace Dataverse.Sync;

/// <summary>
/// Reads the filter expression of one field, such as <c>1..100|&gt;500</c>. As in Business Central, <c>&amp;</c> binds
/// more strongly than <c>|</c>.
/// </summary>
/// <param name="cursor">The place in the text.</param>
/// <param name="field">The field on which the conditions are.</param>
/// <param name="endsAtComma">Whether a comma outside quotes ends the expression.</param>
internal sealed class ExpressionReader(FilterCursor cursor, string field, bool endsAtComma)
{
    private static readonly (string Symbol, ComparisonOperator Meaning)[] Operators =
    [
        ("<>", ComparisonOperator.NotEqual), ("<=", ComparisonOperator.LessOrEqual),
        (">=", ComparisonOperator.GreaterOrEqual), ("<", ComparisonOperator.Less), (">", ComparisonOperator.Greater),
        ("=", ComparisonOperator.Equal),
    ];

    private readonly OperandReader operands = new(cursor, endsAtComma);

    /// <exception cref="FilterFormatException">The expression cannot be read.</exception>
    public RecordFilter Read() => ReadList('|', ReadAll, RecordFilter.Any);

    private RecordFilter ReadAll() => ReadList('&', ReadTerm, RecordFilter.All);

    private RecordFilter ReadList(
        char separator, Func<RecordFilter> read, Func<IReadOnlyList<RecordFilter>, RecordFilter> join)
    {
        var terms = new List<RecordFilter> { read() };
        cursor.SkipWhiteSpace();
        while (cursor.Next == separator)
        {
            cursor.Index++;
            terms.Add(read());
            cursor.SkipWhiteSpace();
        }

        return terms.Count == 1 ? terms[0] : join(terms);
    }

    private RecordFilter ReadTerm()
    {
        cursor.SkipWhiteSpace();
        if (cursor.IsAt("&&"))
        {
            throw cursor.Problem("the full-text search && is not supported; *text* finds a part of a text.");
        }

        return cursor.Next == '(' ? ReadParentheses() : ReadCondition();
    }

    private RecordFilter ReadParentheses()
    {
        cursor.Enter();
        cursor.Index++;
        var inner = Read();
        cursor.Take(')', "')' is missing.");
        cursor.Leave();
        return inner;
    }

    private RecordFilter ReadCondition()
    {
        if (cursor.TryTake(".."))
        {
            return Compare(ComparisonOperator.LessOrEqual, operands.Read());
        }

        foreach (var (symbol, meaning) in Operators)
        {
            if (cursor.TryTake(symbol))
            {
                var operand = operands.Read();
                return cursor.IsAt("..")
                    ? throw cursor.Problem("an interval cannot follow an operator.")
                    : Compare(meaning, operand);
            }
        }

        var first = operands.Read();
        return cursor.TryTake("..") ? ReadInterval(first) : Compare(ComparisonOperator.Equal, first);
    }

    private RecordFilter ReadInterval(Operand first)
    {
        var from = Compare(ComparisonOperator.GreaterOrEqual, first);
        cursor.SkipWhiteSpace();
        return operands.IsAtEnd
            ? from
            : RecordFilter.All(from, Compare(ComparisonOperator.LessOrEqual, operands.Read()));
    }

    private RecordFilter Compare(ComparisonOperator comparison, Operand operand) =>
        operand.Text is { } text ? CompareValue(comparison, operand, text)
        : comparison == ComparisonOperator.Equal ? Match(operand)
        : comparison == ComparisonOperator.NotEqual ? Match(operand).Not()
        : throw FilterCursor.ProblemAt(operand.Index, "a pattern can be combined with = and <> only.");

    private RecordFilter CompareValue(ComparisonOperator comparison, Operand operand, string text)
    {
        var position = operand.Index + 1;
        var isEquality = comparison is ComparisonOperator.Equal or ComparisonOperator.NotEqual;
        if (isEquality && string.IsNullOrWhiteSpace(text))
        {
            return new FieldComparison(field, comparison, FieldValue.Blank) { Position = position };
        }

        // More than nothing is something, and at most nothing is nothing.
        return text.Length > 0 ? new UntypedComparison(field, comparison, text) { Position = position }
            : comparison == ComparisonOperator.Greater ? RecordFilter.IsNotBlank(field)
            : comparison == ComparisonOperator.LessOrEqual ? RecordFilter.IsBlank(field)
            : throw FilterCursor.ProblemAt(
                operand.Index, "an empty value can be combined with =, <>, >, and <= only.");
    }

    private RecordFilter Match(Operand operand) =>
        RecordFilter.Match(field, operand.Parts, operand.IgnoresAccents) with { Position = operand.Index + 1 };
}
