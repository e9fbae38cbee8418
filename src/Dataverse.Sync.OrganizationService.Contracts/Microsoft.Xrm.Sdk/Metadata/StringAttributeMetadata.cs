namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class StringAttributeMetadata : AttributeMetadata
{
    public StringAttributeMetadata()
        : this(null)
    {
    }

    public StringAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.String, AttributeTypeDisplayName.StringType, schemaName)
    {
    }

    public StringFormat? Format { get; set; }

    public StringFormatName FormatName { get; set; }

    public int? MaxLength { get; set; }

    public string YomiOf { get; set; }

    public bool? IsLocalizable { get; internal set; }

    public int? DatabaseLength { get; internal set; }

    public string FormulaDefinition { get; set; }

    public int? SourceTypeMask { get; internal set; }
}
