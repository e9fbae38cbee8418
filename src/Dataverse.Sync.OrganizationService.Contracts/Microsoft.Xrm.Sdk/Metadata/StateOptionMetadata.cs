namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class StateOptionMetadata : OptionMetadata
{
    public int? DefaultStatus { get; set; }

    public string InvariantName { get; set; }
}
