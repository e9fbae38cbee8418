namespace Microsoft.Xrm.Sdk.Metadata;

public abstract class RelationshipMetadataBase : MetadataBase
{
    protected RelationshipMetadataBase()
    {
    }

    protected RelationshipMetadataBase(RelationshipType type) => RelationshipType = type;

    public bool? IsCustomRelationship { get; set; }

    public BooleanManagedProperty IsCustomizable { get; set; }

    public bool? IsValidForAdvancedFind { get; set; }

    public string SchemaName { get; set; }

    public bool? IsManaged { get; internal set; }

    public RelationshipType RelationshipType { get; internal set; }

    public string IntroducedVersion { get; internal set; }
}
