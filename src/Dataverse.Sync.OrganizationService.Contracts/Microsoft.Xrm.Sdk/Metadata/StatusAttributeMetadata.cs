namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class StatusAttributeMetadata : EnumAttributeMetadata
{
    public StatusAttributeMetadata()
        : base(AttributeTypeCode.Status, AttributeTypeDisplayName.StatusType)
    {
    }
}
