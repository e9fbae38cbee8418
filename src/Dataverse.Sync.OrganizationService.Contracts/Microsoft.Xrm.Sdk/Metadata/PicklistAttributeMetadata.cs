namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class PicklistAttributeMetadata : EnumAttributeMetadata
{
    public PicklistAttributeMetadata()
        : this(null)
    {
    }

    public PicklistAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Picklist, AttributeTypeDisplayName.PicklistType, schemaName)
    {
    }

    public string FormulaDefinition { get; set; }

    public int? SourceTypeMask { get; internal set; }

    public string ParentPicklistLogicalName { get; set; }

    public List<string> ChildPicklistLogicalNames { get; internal set; }
}
