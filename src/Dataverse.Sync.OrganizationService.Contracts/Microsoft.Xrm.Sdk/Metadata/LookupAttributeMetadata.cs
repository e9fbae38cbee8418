namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class LookupAttributeMetadata : AttributeMetadata
{
    public LookupAttributeMetadata()
        : this(null)
    {
    }

    public LookupAttributeMetadata(LookupFormat? format)
        : base(AttributeTypeCode.Lookup, AttributeTypeDisplayName.LookupType) => Format = format;

    public string[] Targets { get; set; }

    public LookupFormat? Format { get; set; }
}
