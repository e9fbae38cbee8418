namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// One record that a URL names: by its id in a collection, or, without an id, the one behind a navigation property.
/// </summary>
internal sealed record RecordAddress(CollectionAddress Set, Guid? Id)
{
    /// <summary>The path below the root of the route.</summary>
    public string Path => Id is { } id ? $"{Set.Path}({id:D})" : Set.Path;

    /// <summary>The record, even if it is hidden from clients; null if it does not exist.</summary>
    public PageRow? Find(CompanyView view) => Id is { } id ? Set.Find(view, id) : Set.All(view).FirstOrDefault();

    public string Url(ApiCall call) => $"{call.Address.Root}/{Path}";
}
