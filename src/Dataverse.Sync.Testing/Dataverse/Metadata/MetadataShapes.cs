using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The entity types of metadata URLs.</summary>
internal static class MetadataShapes
{
    private const EdmPrimitiveTypeKind Text = EdmPrimitiveTypeKind.String;
    private const EdmPrimitiveTypeKind Flag = EdmPrimitiveTypeKind.Boolean;
    private const EdmPrimitiveTypeKind Number = EdmPrimitiveTypeKind.Int32;

    private static readonly PropertyShape Id = new("MetadataId", EdmPrimitiveTypeKind.Guid, false);

    private static readonly EntityShape Table = new()
    {
        Name = "EntityMetadata",
        SetName = MetadataSets.Tables,
        Key = [Id.Name],
        AlternateKeys = [["LogicalName"]],
        Properties =
        [
            Id,
            .. Of(Text, "LogicalName", "SchemaName", "EntitySetName", "LogicalCollectionName", "CollectionSchemaName"),
            .. Of(Text, "PrimaryIdAttribute", "PrimaryNameAttribute", "PrimaryImageAttribute"),
            .. Of(Text, "TableType", "ExternalName", "IntroducedVersion"),
            .. Of(Flag, "ChangeTrackingEnabled", "IsOptimisticConcurrencyEnabled", "IsCustomEntity", "IsManaged", "IsPrivate"),
            .. Of(Flag, "IsActivity", "IsIntersect", "IsLogicalEntity", "IsBPFEntity", "IsChildEntity", "IsImportable"),
            .. Of(Flag, "IsStateModelAware", "IsValidForAdvancedFind", "IsEnabledForCharts", "IsAvailableOffline"),
            .. Of(Flag, "IsKnowledgeManagementEnabled", "IsDocumentManagementEnabled", "IsOneNoteIntegrationEnabled"),
            .. Of(Flag, "IsBusinessProcessEnabled", "IsQuickCreateEnabled", "IsSLAEnabled"),
            .. Of(Flag, "HasNotes", "HasActivities", "HasChanged"),
            .. Of(Number, "ObjectTypeCode"),
            .. Of(EdmPrimitiveTypeKind.Guid, "DataProviderId", "DataSourceId"),
            .. Of(MetadataTypes.Ownership, "OwnershipType"),
            .. Of(MetadataTypes.Flag, "IsCustomizable", "IsRenameable", "IsAuditEnabled", "IsDuplicateDetectionEnabled"),
            .. Of(MetadataTypes.Flag, "CanCreateAttributes", "CanChangeTrackingBeEnabled"),
            .. Of(MetadataTypes.Opaque, "DisplayName", "DisplayCollectionName", "Description", "Privileges"),
        ],
        Navigations =
        [
            new("Attributes", "AttributeMetadata", true),
            new("Keys", "EntityKeyMetadata", true),
            new("ManyToOneRelationships", "OneToManyRelationshipMetadata", true),
            new("OneToManyRelationships", "OneToManyRelationshipMetadata", true),
            new("ManyToManyRelationships", "ManyToManyRelationshipMetadata", true),
        ],
    };

    private static readonly EntityShape AlternateKey = new()
    {
        Name = "EntityKeyMetadata",
        Key = [Id.Name],
        AlternateKeys = [["LogicalName"]],
        Properties =
        [
            Id,
            .. Of(Text, "LogicalName", "SchemaName", "EntityLogicalName"),
            .. Of(MetadataTypes.KeyStatus, "EntityKeyIndexStatus"),
            .. Of(MetadataTypes.Opaque, "KeyAttributes"),
        ],
    };

    private static readonly EntityShape Relationship = new()
    {
        Name = "RelationshipMetadataBase",
        SetName = MetadataSets.Relationships,
        Key = [Id.Name],
        AlternateKeys = [["SchemaName"]],
        Properties =
        [
            Id,
            .. Of(Text, "SchemaName"),
            .. Of(Flag, "IsCustomRelationship", "IsManaged", "IsValidForAdvancedFind"),
            .. Of(MetadataTypes.Flag, "IsCustomizable"),
            .. Of(MetadataTypes.RelationshipType, "RelationshipType"),
            .. Of(MetadataTypes.Opaque, "SecurityTypes"),
        ],
    };

    private static readonly EntityShape OneToMany = new()
    {
        Name = "OneToManyRelationshipMetadata",
        BaseName = Relationship.Name,
        Properties =
        [
            .. Of(Text, "ReferencedEntity", "ReferencedAttribute", "ReferencingEntity", "ReferencingAttribute"),
            .. Of(Text, "ReferencingEntityNavigationPropertyName", "ReferencedEntityNavigationPropertyName"),
            .. Of(Flag, "IsHierarchical"),
            .. Of(MetadataTypes.Opaque, "CascadeConfiguration"),
        ],
    };

    private static readonly EntityShape ManyToMany = new()
    {
        Name = "ManyToManyRelationshipMetadata",
        BaseName = Relationship.Name,
        Properties =
        [
            .. Of(Text, "Entity1LogicalName", "Entity2LogicalName", "IntersectEntityName"),
            .. Of(Text, "Entity1IntersectAttribute", "Entity2IntersectAttribute"),
            .. Of(Text, "Entity1NavigationPropertyName", "Entity2NavigationPropertyName"),
        ],
    };

    private static readonly EntityShape AnyOptionSet = new()
    {
        Name = "OptionSetMetadataBase",
        SetName = MetadataSets.OptionSets,
        Key = [Id.Name],
        AlternateKeys = [["Name"]],
        Properties =
        [
            Id,
            .. Of(Text, "Name"),
            .. Of(Flag, "IsGlobal", "IsCustomOptionSet", "IsManaged"),
            .. Of(MetadataTypes.OptionSetType, "OptionSetType"),
            .. Of(MetadataTypes.Opaque, "DisplayName"),
        ],
    };

    private static readonly EntityShape OptionSet = new()
    {
        Name = "OptionSetMetadata",
        BaseName = AnyOptionSet.Name,
        Properties = [.. Of(MetadataTypes.Opaque, "Options")],
    };

    private static readonly EntityShape BooleanOptionSet = new()
    {
        Name = "BooleanOptionSetMetadata",
        BaseName = AnyOptionSet.Name,
        Properties = [.. Of(MetadataTypes.Opaque, "TrueOption", "FalseOption")],
    };

    public static EdmModel Model { get; } = EdmModelFactory.Create(
        DataverseSchema.Namespace, "Metadata",
        [
            Table, .. AttributeShapes.All, AlternateKey, Relationship, OneToMany, ManyToMany, AnyOptionSet, OptionSet,
            BooleanOptionSet,
        ]);

    /// <summary>Properties of a primitive type.</summary>
    public static IEnumerable<PropertyShape> Of(EdmPrimitiveTypeKind kind, params IEnumerable<string> names) =>
        names.Select(name => new PropertyShape(name, kind));

    /// <summary>Properties of an enumeration or a structure.</summary>
    public static IEnumerable<PropertyShape> Of(IEdmType type, params IEnumerable<string> names) =>
        names.Select(name => new PropertyShape(name, EdmPrimitiveTypeKind.None) { Declared = type });
}
