namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Lets filters read rows as the page shows them.</summary>
internal sealed class PageRowAccessor(CompanyView view, bool comparesUnroundedStamps) : IRowAccessor<PageRow>
{
    public object? Value(PageRow row, string property) => view.Shown(row, row.Schema.Ordinal(property)) switch
    {
        DateTimeOffset stamp when !comparesUnroundedStamps => Stamps.Shown(stamp),
        var value => value,
    };
}
