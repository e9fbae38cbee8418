namespace Microsoft.Xrm.Sdk.Metadata;

public abstract class EnumAttributeMetadata : AttributeMetadata
{
    internal EnumAttributeMetadata(AttributeTypeCode type, AttributeTypeDisplayName name, string schemaName = null)
        : base(type, name, schemaName)
    {
    }

    public int? DefaultFormValue { get; set; }

    public OptionSetMetadata OptionSet { get; set; }
}
