namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class AttributeRequiredLevelManagedProperty : ManagedProperty<AttributeRequiredLevel>
{
    public AttributeRequiredLevelManagedProperty(AttributeRequiredLevel value)
        : base(value)
    {
    }
}
