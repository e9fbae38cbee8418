namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class UniqueIdentifierAttributeMetadata : AttributeMetadata
{
    public UniqueIdentifierAttributeMetadata()
        : this(null)
    {
    }

    public UniqueIdentifierAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Uniqueidentifier, AttributeTypeDisplayName.UniqueidentifierType, schemaName)
    {
    }
}
