namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class ManyToManyRelationshipMetadata : RelationshipMetadataBase
{
    public ManyToManyRelationshipMetadata()
        : base(RelationshipType.ManyToManyRelationship)
    {
    }

    public string Entity1LogicalName { get; set; }

    public string Entity2LogicalName { get; set; }

    public string IntersectEntityName { get; set; }
}
