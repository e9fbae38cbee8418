namespace Microsoft.Xrm.Sdk.Metadata;

public sealed class OneToManyRelationshipMetadata : RelationshipMetadataBase
{
    public CascadeConfiguration CascadeConfiguration { get; set; }

    public string ReferencedAttribute { get; set; }

    public string ReferencedEntity { get; set; }

    public string ReferencingAttribute { get; set; }

    public string ReferencingEntity { get; set; }

    public bool? IsHierarchical { get; set; }

    public string EntityKey { get; set; }

    public string ReferencedEntityNavigationPropertyName { get; set; }

    public string ReferencingEntityNavigationPropertyName { get; set; }

    public int? RelationshipBehavior { get; set; }

    public bool? IsDenormalizedLookup { get; set; }

    public string DenormalizedAttributeName { get; set; }
}
