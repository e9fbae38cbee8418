namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class BigIntAttributeMetadata : AttributeMetadata
{
    public BigIntAttributeMetadata()
        : this(null)
    {
    }

    public BigIntAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.BigInt, AttributeTypeDisplayName.BigIntType, schemaName)
    {
    }

    public long? MaxValue { get; internal set; }

    public long? MinValue { get; internal set; }
}
