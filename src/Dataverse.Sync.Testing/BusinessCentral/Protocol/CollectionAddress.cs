namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A collection that a URL names: a whole table of a company, or the rows under a parent record.</summary>
internal sealed record CollectionAddress(PageSchema Page, Guid Company)
{
    /// <summary>The parent's page, id and navigation; null for a whole table.</summary>
    public (PageSchema Page, Guid Id, TableNavigation Navigation)? Parent { get; init; }

    private string Path => Company == Guid.Empty
        ? Page.Set
        : Parent is { } parent
            ? $"companies({Company:D})/{parent.Page.Set}({parent.Id:D})/{parent.Navigation.Name}"
            : $"companies({Company:D})/{Page.Set}";

    /// <summary>The rows that clients see.</summary>
    public IEnumerable<PageRow> Rows(CompanyView view) => All(view).Where(row => !row.IsHidden);

    public PageRow? Find(CompanyView view, Guid id) =>
        Parent is null ? view.Table(Page.Name).Find(id) : Rows(view).FirstOrDefault(row => row.Id == id);

    private IEnumerable<PageRow> All(CompanyView view)
    {
        if (Parent is not { } parent)
        {
            return view.Table(Page.Name).Rows;
        }

        var row = view.Table(parent.Page.Name).Find(parent.Id) ?? throw Errors.NoRecord(parent.Page.Set);
        return RelatedRows.Of(parent.Navigation, view, row);
    }

    /// <summary>The collection's absolute URL.</summary>
    public string Url(ApiCall call) => $"{call.Address.Root}/{Path}";

    /// <summary>The metadata URL of the collection. The service does not name the selected properties in it.</summary>
    public string Context(ApiCall call) => $"{call.Address.Root}/$metadata#{Path}";
}
