namespace Microsoft.Xrm.Sdk;

public sealed class NewOrUpdatedItem : IChangedItem
{
    public NewOrUpdatedItem()
    {
    }

    public NewOrUpdatedItem(ChangeType type, Entity entity)
    {
        Type = type;
        NewOrUpdatedEntity = entity;
    }

    public ChangeType Type { get; set; }

    public Entity NewOrUpdatedEntity { get; set; }
}
