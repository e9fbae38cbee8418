namespace Dataverse.Sync.Execution;

/// <summary>The claim of the own company on the rows of a mapping's integration table.</summary>
internal sealed class CompanyClaim
{
    private readonly FieldSchema column;

    /// <summary>Initializes a new instance of the <see cref="CompanyClaim"/> class.</summary>
    /// <param name="field">The company column.</param>
    /// <param name="own">The own company, in the form of the column.</param>
    /// <param name="readsAll">Whether the rows of other companies take part.</param>
    public CompanyClaim(FieldSchema field, FieldValue own, bool readsAll)
    {
        column = field;
        Write = new(field.Name, own);
        Condition = readsAll
            ? null
            : RecordFilter.Any(RecordFilter.Equal(field.Name, own), RecordFilter.IsBlank(field.Name));
    }

    public string Column => column.Name;

    /// <summary>The write that claims a row.</summary>
    public FieldWrite Write { get; }

    /// <summary>The condition on the rows that take part, or null if those of all companies do.</summary>
    public RecordFilter? Condition { get; }

    /// <summary>Whether a new row is claimed when it is created.</summary>
    public bool ReachesForInsert => column.CanInsert;

    /// <summary>Whether a row belongs to another company. One that lacks the column is not judged.</summary>
    public bool IsOther(TableRecord row) =>
        ValueIn(row) is { IsBlank: false } value && !FieldValueComparer.AreEqual(value, Write.Value);

    /// <summary>Whether a row belongs to the own company.</summary>
    public bool IsOwn(TableRecord row) =>
        ValueIn(row) is { IsBlank: false } value && FieldValueComparer.AreEqual(value, Write.Value);

    /// <summary>Whether a row belongs to nobody and can be claimed.</summary>
    public bool IsNeededBy(TableRecord row) => column.CanUpdate && ValueIn(row) is { IsBlank: true };

    private FieldValue? ValueIn(TableRecord row) =>
        row.Layout.IndexOf(column.Name) is >= 0 and var place ? row[place] : null;
}
