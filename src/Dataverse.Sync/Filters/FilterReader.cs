namespace Dataverse.Sync;

/// <summary>Reads a filter text: a view of Business Central, or the conditions of one.</summary>
internal sealed class FilterReader
{
    private static readonly string[] SortingClauses = ["VERSION", "SORTING", "ORDER"];

    private readonly FilterCursor cursor;

    private FilterReader(FilterCursor cursor) => this.cursor = cursor;

    /// <exception cref="FilterFormatException">The text cannot be read.</exception>
    public static RecordFilter Read(string text) => new FilterReader(CursorOf(text)).ReadView();

    /// <exception cref="FilterFormatException">The expression cannot be read.</exception>
    public static RecordFilter Read(string field, string expression)
    {
        var cursor = CursorOf(expression);
        var filter = new ExpressionReader(cursor, field, endsAtComma: false).Read();
        cursor.SkipWhiteSpace();
        return cursor.IsAtEnd ? filter : throw cursor.Problem("an operator is missing.");
    }

    private static FilterCursor CursorOf(string text) => text.Length <= FilterLimits.Length
        ? new(text)
        : throw new FilterFormatException(
            $"a filter has at most {FilterLimits.Length} characters.", FilterLimits.Length + 1);

    // Sorting has no meaning for a filter. It is read because Business Central writes it.
    private RecordFilter ReadView()
    {
        _ = cursor.TryTake("\ufeff");
        cursor.SkipWhiteSpace();
        var isSorted = false;
        while (Array.Exists(SortingClauses, cursor.TryTakeOpening))
        {
            SkipClause();
            cursor.SkipWhiteSpace();
            isSorted = true;
        }

        var hasWord = cursor.TryTakeOpening("WHERE");
        var filter = cursor.IsAtEnd && !hasWord ? RecordFilter.All()
            : isSorted && !hasWord ? throw cursor.Problem("WHERE(…) is missing.")
            : ReadList(isClosed: hasWord);
        if (hasWord)
        {
            cursor.Take(')', "')' is missing at the end of WHERE.");
            cursor.SkipWhiteSpace();
        }

        return cursor.IsAtEnd ? filter : throw cursor.Problem("the filter should end here, or a comma should follow.");
    }

    private void SkipClause()
    {
        while (cursor.Next != ')')
        {
            if (cursor.IsAtEnd)
            {
                throw cursor.Problem("')' is missing.");
            }

            if (cursor.Next == '"')
            {
                _ = FieldNames.ReadQuoted(cursor);
            }
            else if (cursor.Next == '(')
            {
                cursor.Enter();
                cursor.Index++;
                SkipClause();
                cursor.Leave();
            }
            else
            {
                cursor.Index++;
            }
        }

        cursor.Index++;
    }

    private RecordFilter ReadList(bool isClosed)
    {
        var filters = ReadItems(isClosed);
        return filters.Count == 1 ? filters[0] : RecordFilter.All(filters);
    }

    private List<RecordFilter> ReadItems(bool isClosed)
    {
        cursor.SkipWhiteSpace();
        if (isClosed && cursor.Next == ')')
        {
            return [];
        }

        var filters = new List<RecordFilter> { ReadItem() };
        cursor.SkipWhiteSpace();
        while (cursor.TryTake(","))
        {
            filters.Add(ReadItem());
            cursor.SkipWhiteSpace();
        }

        return filters;
    }

    private RecordFilter ReadItem()
    {
        cursor.SkipWhiteSpace();
        return cursor.TryTakeOpening("ALL") ? ReadGroup(RecordFilter.All)
            : cursor.TryTakeOpening("ANY") ? ReadGroup(RecordFilter.Any)
            : cursor.TryTakeOpening("NOT") ? ReadNegation()
            : new ConditionReader(cursor).Read();
    }

    private RecordFilter ReadGroup(Func<IReadOnlyList<RecordFilter>, RecordFilter> join)
    {
        cursor.Enter();
        var filters = ReadItems(isClosed: true);
        cursor.Take(')', "')' is missing.");
        cursor.Leave();
        return join(filters);
    }

    private Negation ReadNegation()
    {
        cursor.Enter();
        var filter = ReadItem();
        cursor.Take(')', "')' is missing.");
        cursor.Leave();
        return new(filter);
    }
}
