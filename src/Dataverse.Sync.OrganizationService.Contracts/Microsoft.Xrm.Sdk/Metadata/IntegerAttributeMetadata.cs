namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class IntegerAttributeMetadata : AttributeMetadata
{
    public IntegerAttributeMetadata()
        : this(null)
    {
    }

    public IntegerAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Integer, AttributeTypeDisplayName.IntegerType, schemaName)
    {
    }

    public IntegerFormat? Format { get; set; }

    public int? MaxValue { get; set; }

    public int? MinValue { get; set; }

    public string FormulaDefinition { get; set; }

    public int? SourceTypeMask { get; internal set; }
}
