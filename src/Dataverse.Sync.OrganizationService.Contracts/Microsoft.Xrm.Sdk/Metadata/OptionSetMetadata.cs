namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class OptionSetMetadata : OptionSetMetadataBase
{
    public OptionSetMetadata()
    {
    }

    public OptionSetMetadata(OptionMetadataCollection options) => Options = options;

    public OptionMetadataCollection Options { get; internal set; } = new();

    public string ParentOptionSetName { get; set; }
}
