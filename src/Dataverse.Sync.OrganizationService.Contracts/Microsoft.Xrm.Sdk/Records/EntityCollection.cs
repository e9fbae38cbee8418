namespace Microsoft.Xrm.Sdk;

public sealed class EntityCollection
{
    public EntityCollection()
    {
    }

    public EntityCollection(IList<Entity> list) => Entities = new(list);

    public DataCollection<Entity> Entities { get; set; } = new();

    public bool MoreRecords { get; set; }

    public string PagingCookie { get; set; }

    public string MinActiveRowVersion { get; set; }

    public int TotalRecordCount { get; set; }

    public bool TotalRecordCountLimitExceeded { get; set; }

    public string EntityName { get; set; }

    public Entity this[int index]
    {
        get => Entities[index];
        set => Entities[index] = value;
    }
}
