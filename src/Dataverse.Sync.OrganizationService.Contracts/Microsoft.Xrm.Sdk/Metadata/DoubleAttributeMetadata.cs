namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class DoubleAttributeMetadata : AttributeMetadata
{
    public DoubleAttributeMetadata()
        : this(null)
    {
    }

    public DoubleAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Double, AttributeTypeDisplayName.DoubleType, schemaName)
    {
    }

    public double? MaxValue { get; set; }

    public double? MinValue { get; set; }

    public int? Precision { get; set; }
}
