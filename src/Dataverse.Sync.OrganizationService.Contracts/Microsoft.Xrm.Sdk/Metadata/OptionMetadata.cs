namespace Microsoft.Xrm.Sdk.Metadata;

public class OptionMetadata : MetadataBase
{
    public OptionMetadata()
    {
    }

    public OptionMetadata(int value) => Value = value;

    public OptionMetadata(int value, IEnumerable<int> parentOptionValues)
        : this(value) => ParentValues = [.. parentOptionValues];

    public OptionMetadata(Label label, int? value)
    {
        Label = label;
        Value = value;
    }

    public OptionMetadata(Label label, int? value, IEnumerable<int> parentOptionValues)
        : this(label, value) => ParentValues = [.. parentOptionValues];

    public int? Value { get; set; }

    public Label Label { get; set; }

    public Label Description { get; set; }

    public string Color { get; set; }

    public bool? IsManaged { get; internal set; }

    public string ExternalValue { get; set; }

    public int[] ParentValues { get; set; }

    public string Tag { get; internal set; }
}
