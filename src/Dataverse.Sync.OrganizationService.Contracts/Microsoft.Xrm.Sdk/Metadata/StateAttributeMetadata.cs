namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class StateAttributeMetadata : EnumAttributeMetadata
{
    public StateAttributeMetadata()
        : base(AttributeTypeCode.State, AttributeTypeDisplayName.StateType)
    {
    }
}
