namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class BooleanOptionSetMetadata : OptionSetMetadataBase
{
    public BooleanOptionSetMetadata()
    {
    }

    public BooleanOptionSetMetadata(OptionMetadata trueOption, OptionMetadata falseOption)
    {
        TrueOption = trueOption;
        FalseOption = falseOption;
    }

    public OptionMetadata FalseOption { get; set; }

    public OptionMetadata TrueOption { get; set; }
}
