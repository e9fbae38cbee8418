namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class CascadeConfiguration
{
    public CascadeType? Assign { get; set; }

    public CascadeType? Delete { get; set; }

    public CascadeType? Merge { get; set; }

    public CascadeType? Reparent { get; set; }

    public CascadeType? Share { get; set; }

    public CascadeType? Unshare { get; set; }
}
