namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class DecimalAttributeMetadata : AttributeMetadata
{
    public DecimalAttributeMetadata()
        : this(null)
    {
    }

    public DecimalAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Decimal, AttributeTypeDisplayName.DecimalType, schemaName)
    {
    }

    public decimal? MaxValue { get; set; }

    public decimal? MinValue { get; set; }

    public int? Precision { get; set; }

    public string FormulaDefinition { get; set; }

    public int? SourceTypeMask { get; internal set; }
}
