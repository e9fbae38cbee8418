namespace Microsoft.Xrm.Sdk;

public sealed class RemovedOrDeletedItem : IChangedItem
{
    public RemovedOrDeletedItem()
    {
    }

    public RemovedOrDeletedItem(ChangeType type, EntityReference entityReference)
    {
        Type = type;
        RemovedItem = entityReference;
    }

    public ChangeType Type { get; set; }

    public EntityReference RemovedItem { get; set; }
}
