namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A collection that a URL names: a whole table of a company, or the rows under a parent record.</summary>
internal sealed record CollectionAddress(PageSchema Page, Guid Company)
{
    /// <summary>The parent and its navigation property; null for a whole table.</summary>
    public (RecordAddress Record, TableNavigation Navigation)? Parent { get; init; }

    /// <summary>Whether clients may write here, if the page allows it.</summary>
    public bool IsWritable => Parent is null || Page.Definition.IsPart;

    /// <summary>The path below the root of the route.</summary>
    public string Path => Company == Guid.Empty
        ? Page.Set
        : Parent is { } parent
            ? $"{parent.Record.Path}/{parent.Navigation.Name}"
            : $"companies({Company:D})/{Page.Set}";

    /// <summary>The rows that clients see.</summary>
    public IEnumerable<PageRow> Rows(CompanyView view) => All(view).Where(row => !row.IsHidden);

    /// <summary>The rows, including those that are hidden from clients.</summary>
    public IEnumerable<PageRow> All(CompanyView view) => Parent is { } parent
        ? RelatedRows.Of(parent.Navigation, view, ParentRow(parent.Record, view))
        : PageRows.Of(view, Page.Name);

    public PageRow? Find(CompanyView view, Guid id) =>
        Parent is null ? PageRows.Find(view, Page.Name, id) : Rows(view).FirstOrDefault(row => row.Id == id);

    /// <summary>The parent's row; null for a whole table.</summary>
    public PageRow? FindParent(CompanyView view) => Parent is { } parent ? ParentRow(parent.Record, view) : null;

    /// <summary>The collection's absolute URL.</summary>
    public string Url(ApiCall call) => $"{call.Address.Root}/{Path}";

    /// <summary>The metadata URL of the collection. The service does not name the selected properties in it.</summary>
    public string Context(ApiCall call) => $"{call.Address.Root}/$metadata#{Path}";

    private static PageRow ParentRow(RecordAddress parent, CompanyView view) =>
        parent.Find(view) is { IsHidden: false } row ? row : throw Errors.NoRecord(parent.Set.Page.Set);
}
