namespace Microsoft.Xrm.Sdk.Query;

public sealed class ColumnSet
{
    public ColumnSet()
    {
    }

    public ColumnSet(bool allColumns) => AllColumns = allColumns;

    public ColumnSet(params string[] columns) => Columns = new([.. columns]);

    public bool AllColumns { get; set; }

    public DataCollection<string> Columns { get; set; } = new();

    public void AddColumns(params string[] columns) => Columns.AddRange(columns);

    public void AddColumn(string column) => Columns.Add(column);
}
