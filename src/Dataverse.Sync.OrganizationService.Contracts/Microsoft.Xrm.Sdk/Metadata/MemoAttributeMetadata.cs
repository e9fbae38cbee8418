namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class MemoAttributeMetadata : AttributeMetadata
{
    public MemoAttributeMetadata()
        : this(null)
    {
    }

    public MemoAttributeMetadata(string schemaName)
        : base(AttributeTypeCode.Memo, AttributeTypeDisplayName.MemoType, schemaName)
    {
    }

    public StringFormat? Format { get; set; }

    public int? MaxLength { get; set; }

    public bool? IsLocalizable { get; internal set; }
}
