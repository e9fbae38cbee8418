namespace Dataverse.Sync.Shared;

/// <summary>
/// A many-to-one relationship: which table a lookup refers to, and the case-correct navigation property to write it by.
/// </summary>
internal sealed record RelationshipDefinition(
    string? ReferencingAttribute,
    string? ReferencedEntity,
    string? ReferencingEntityNavigationPropertyName);
