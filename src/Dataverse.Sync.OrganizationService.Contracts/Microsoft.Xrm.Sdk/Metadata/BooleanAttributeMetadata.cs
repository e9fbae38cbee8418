namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class BooleanAttributeMetadata : AttributeMetadata
{
    public BooleanAttributeMetadata()
        : this((string)null)
    {
    }

    public BooleanAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Boolean, AttributeTypeDisplayName.BooleanType, schemaName)
    {
    }

    public BooleanAttributeMetadata(BooleanOptionSetMetadata optionSet)
        : this(null, optionSet)
    {
    }

    public BooleanAttributeMetadata(string schemaName, BooleanOptionSetMetadata optionSet)
        : this(schemaName) => OptionSet = optionSet;

    public bool? DefaultValue { get; set; }

    public string FormulaDefinition { get; set; }

    public int? SourceTypeMask { get; internal set; }

    public BooleanOptionSetMetadata OptionSet { get; set; }
}
