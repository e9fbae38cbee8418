namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class EntityKeyMetadata : MetadataBase
{
    public Label DisplayName { get; set; }

    public string LogicalName { get; set; }

    public string SchemaName { get; set; }

    public string EntityLogicalName { get; internal set; }

    public string[] KeyAttributes { get; set; }

    public BooleanManagedProperty IsCustomizable { get; internal set; }

    public bool? IsManaged { get; internal set; }

    public string IntroducedVersion { get; internal set; }

    public EntityKeyIndexStatus EntityKeyIndexStatus { get; internal set; }

    public EntityReference AsyncJob { get; internal set; }

    public bool? IsSynchronous { get; internal set; }

    public bool? IsExportKey { get; internal set; }

    public bool? IsSecondaryKey { get; set; }
}
