namespace Microsoft.Xrm.Sdk.Metadata;

public enum RelationshipType
{
    OneToManyRelationship = 0,
    Default = 0,
    ManyToManyRelationship = 1,
}
