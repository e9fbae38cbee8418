namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class MultiSelectPicklistAttributeMetadata : EnumAttributeMetadata
{
    public MultiSelectPicklistAttributeMetadata()
        : this(null)
    {
    }

    public MultiSelectPicklistAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Virtual, AttributeTypeDisplayName.MultiSelectPicklistType, schemaName)
    {
    }

    public string FormulaDefinition { get; set; }

    public int? SourceTypeMask { get; internal set; }

    public string ParentPicklistLogicalName { get; set; }

    public List<string> ChildPicklistLogicalNames { get; internal set; }
}
