namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads rows for filters and orders, and follows lookups in one state of the organization.</summary>
internal sealed class RowAccessor(DatabaseState state) : IRowAccessor<DataverseRow>
{
    public object? Value(DataverseRow row, string property)
    {
        var table = state.Schema[row.Table];
        if (!table.TryGetByProperty(property, out var column))
        {
            return property == SystemColumns.Owner ? row.Id : null;
        }

        if (column.IsWriteOnly)
        {
            return null;
        }

        if (column.Name == table.Key)
        {
            return row.Id;
        }

        state.Hidden.CheckFilter(table.LogicalName, column.Name);
        if (column.Name == SystemColumns.VersionNumber)
        {
            return row.Version;
        }

        var shown = state.Hidden.Shown(table.LogicalName, column.Name, row[column.Name]);
        return shown is DataverseReference reference ? reference.Id : shown;
    }

    // The service sorts lookups by what a user sees.
    public object? SortValue(DataverseRow row, string property) =>
        state.Schema[row.Table].TryGetByProperty(property, out var column)
            && row[column.Name] is DataverseReference reference
            ? NameOf(reference)
            : Value(row, property);

    public DataverseRow? Related(DataverseRow row, string navigation) =>
        state.Schema[row.Table].TryGetNavigation(navigation, out var target)
        && row[target.Column.Name] is DataverseReference reference && target.Tables.Contains(reference.Table)
            ? state.Find(reference)
            : null;

    public IEnumerable<DataverseRow> RelatedRows(DataverseRow row, string navigation)
    {
        if (state.Schema.CollectionsOf(row.Table)
            .FirstOrDefault(candidate => candidate.Name == navigation) is not { } collection)
        {
            return [];
        }

        return state[collection.Table].Referring(collection.Column, new DataverseReference(row.Table, row.Id));
    }

    /// <summary>Display name of the row referred to, or null.</summary>
    public string? NameOf(DataverseReference reference) =>
        state.Find(reference)?[state.Schema[reference.Table].Definition.PrimaryName] as string;
}
