namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Lets filters read rows as the page shows them.</summary>
internal sealed class RowAccessor(CompanyView view, bool comparesUnroundedStamps) : IRowAccessor<Row>
{
    public object? Value(Row row, string property) => view.Shown(row, row.Schema.Ordinal(property)) switch
    {
        DateTimeOffset stamp when !comparesUnroundedStamps => ServerClock.Shown(stamp),
        var value => value,
    };
}
