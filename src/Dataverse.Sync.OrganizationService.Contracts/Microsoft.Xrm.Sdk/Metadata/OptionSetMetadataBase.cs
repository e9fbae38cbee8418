namespace Microsoft.Xrm.Sdk.Metadata;

public abstract class OptionSetMetadataBase : MetadataBase
{
    public Label Description { get; set; }

    public Label DisplayName { get; set; }

    public bool? IsCustomOptionSet { get; set; }

    public bool? IsGlobal { get; set; }

    public bool? IsManaged { get; internal set; }

    public BooleanManagedProperty IsCustomizable { get; set; }

    public string Name { get; set; }

    public string ExternalTypeName { get; set; }

    public OptionSetType? OptionSetType { get; set; }

    public string IntroducedVersion { get; internal set; }
}
