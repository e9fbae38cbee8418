namespace Dataverse.Sync;

/// <summary>
/// Reads the condition on a field, such as <c>Type=CONST(Person)</c>, <c>"No."=FILTER(1..100)</c>, or
/// <c>Amount&gt;5</c>.
/// </summary>
internal sealed class ConditionReader(FilterCursor cursor)
{
    // Business Central stores the number of the word: 0 for CONST, 1 for FILTER, and 2 for FIELD.
    private static readonly string[] Constant = ["CONST", "0"];
    private static readonly string[] Expression = ["FILTER", "1"];
    private static readonly string[] OtherField = ["FIELD", "2"];

    /// <exception cref="FilterFormatException">The condition cannot be read.</exception>
    public RecordFilter Read()
    {
        var field = FieldNames.Read(cursor);
        var start = cursor.Index;
        if (!cursor.TryTake("="))
        {
            return new ExpressionReader(cursor, field, endsAtComma: true).Read();
        }

        cursor.SkipWhiteSpace();
        return Array.Exists(Constant, cursor.TryTakeOpening) ? ReadConstant(field)
            : Array.Exists(Expression, cursor.TryTakeOpening) ? ReadExpression(field)
            : cursor.TryTakeOpening("TABLE") ? RecordFilter.RefersTo(field, ReadTable())
            : Array.Exists(OtherField, cursor.TryTakeOpening)
                ? throw FilterCursor.ProblemAt(
                    start, "FIELD, a comparison with a field of another record, is not supported.")
            : new ExpressionReader(cursor, field, endsAtComma: true).Read();
    }

    private RecordFilter ReadExpression(string field)
    {
        var filter = new ExpressionReader(cursor, field, endsAtComma: false).Read();
        cursor.Take(')', "')' is missing.");
        return filter;
    }

    private RecordFilter ReadConstant(string field)
    {
        cursor.SkipWhiteSpace();
        var position = cursor.Index + 1;
        var text = cursor.Next switch
        {
            '\'' => ReadQuoted(),
            '"' => FieldNames.ReadQuoted(cursor),
            _ => ReadPlain(),
        };
        cursor.Take(')', "')' is missing.");
        return string.IsNullOrWhiteSpace(text)
            ? new FieldComparison(field, ComparisonOperator.Equal, FieldValue.Blank) { Position = position }
            : new UntypedComparison(field, ComparisonOperator.Equal, text) { Position = position };
    }

    private string ReadQuoted()
    {
        var start = cursor.Index;
        do
        {
            var end = cursor.Text.IndexOf('\'', cursor.Index + 1);
            cursor.Index = end >= 0 ? end + 1 : throw FilterCursor.ProblemAt(start, "the quote is not closed.");
        }
        while (cursor.Next == '\'');

        return cursor.Text[(start + 1)..(cursor.Index - 1)].Replace("''", "'", StringComparison.Ordinal);
    }

    private string ReadPlain()
    {
        var (start, open) = (cursor.Index, 0);
        while (!cursor.IsAtEnd && (open > 0 || cursor.Next != ')'))
        {
            open += cursor.Next switch
            {
                '(' => 1,
                ')' => -1,
                _ => 0,
            };
            cursor.Index++;
        }

        return cursor.Text[start..cursor.Index].Trim();
    }

    private string ReadTable()
    {
        cursor.SkipWhiteSpace();
        var table = cursor.Next == '"' ? FieldNames.ReadQuoted(cursor) : ReadPlain();
        cursor.Take(')', "')' is missing.");
        return table.Length > 0
            ? table
            : throw FilterCursor.ProblemAt(cursor.Index - 1, "the name of a table is missing.");
    }
}
