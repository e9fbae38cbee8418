using Microsoft.OData.Edm;
using static Microsoft.OData.Edm.EdmPrimitiveTypeKind;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The vocabulary of metadata URLs. Structured properties are declared as text: they can be selected, not compared.</summary>
internal static class MetadataShapes
{
    private static readonly PropertyShape Id = new("MetadataId", EdmPrimitiveTypeKind.Guid, false);

    public static EdmModel Model { get; } = EdmModelFactory.Create(DataverseSchema.Namespace, "Metadata", [.. Shapes()]);

    private static IEnumerable<EntityShape> Shapes() =>
    [
        new()
        {
            Name = "EntityMetadata",
            SetName = "EntityDefinitions",
            Key = [Id.Name],
            AlternateKeys = [["LogicalName"]],
            Properties =
            [
                Id, .. Of(String, "LogicalName", "SchemaName", "EntitySetName", "LogicalCollectionName", "CollectionSchemaName", "PrimaryIdAttribute",
                    "PrimaryNameAttribute", "OwnershipType", "TableType", "DisplayName", "DisplayCollectionName", "ChangeTrackingEnabledProperty"),
                .. Of(Boolean, "ChangeTrackingEnabled", "IsOptimisticConcurrencyEnabled", "IsCustomEntity", "IsActivity", "IsIntersect"),
                .. Of(Int32, "ObjectTypeCode"),
            ],
            Navigations =
            [
                new("Attributes", "AttributeMetadata", true), new("Keys", "EntityKeyMetadata", true),
                new("ManyToOneRelationships", "OneToManyRelationshipMetadata", true), new("OneToManyRelationships", "OneToManyRelationshipMetadata", true),
            ],
        },
        new()
        {
            Name = "AttributeMetadata",
            Key = [Id.Name],
            AlternateKeys = [["LogicalName"]],
            Properties =
            [
                Id, .. Of(String, "LogicalName", "SchemaName", "EntityLogicalName", "AttributeType", "AttributeTypeName", "RequiredLevel", "DisplayName", "AttributeOf"),
                .. Of(Boolean, "IsValidForCreate", "IsValidForUpdate", "IsValidForRead", "IsPrimaryId", "IsPrimaryName", "IsCustomAttribute", "IsLogical"),
            ],
        },
        Attribute("StringAttributeMetadata", Of(Int32, "MaxLength", "DatabaseLength"), Of(String, "Format")),
        Attribute("MemoAttributeMetadata", Of(Int32, "MaxLength"), Of(String, "Format")),
        Attribute("IntegerAttributeMetadata", Of(Int32, "MinValue", "MaxValue"), Of(String, "Format")),
        Attribute("BigIntAttributeMetadata", Of(Int64, "MinValue", "MaxValue")),
        Attribute("DecimalAttributeMetadata", Of(EdmPrimitiveTypeKind.Decimal, "MinValue", "MaxValue"), Of(Int32, "Precision")),
        Attribute("DoubleAttributeMetadata", Of(EdmPrimitiveTypeKind.Double, "MinValue", "MaxValue"), Of(Int32, "Precision")),
        Attribute("MoneyAttributeMetadata", Of(EdmPrimitiveTypeKind.Double, "MinValue", "MaxValue"), Of(Int32, "Precision", "PrecisionSource"), Of(Boolean, "IsBaseCurrency"), Of(String, "CalculationOf")),
        Attribute("DateTimeAttributeMetadata", Of(String, "Format", "DateTimeBehavior")),
        Attribute("LookupAttributeMetadata", Of(String, "Targets", "Format")),
        Attribute("UniqueIdentifierAttributeMetadata"),
        Attribute("EntityNameAttributeMetadata"),
        Attribute("BooleanAttributeMetadata", Of(Boolean, "DefaultValue")) with { Navigations = [new("OptionSet", "OptionSetMetadata", false)] },
        Choice("PicklistAttributeMetadata"),
        Choice("StateAttributeMetadata"),
        Choice("StatusAttributeMetadata"),
        Choice("MultiSelectPicklistAttributeMetadata"),
        new() { Name = "OptionSetMetadata", Key = [Id.Name], Properties = [Id, .. Of(String, "Name", "OptionSetType", "Options", "TrueOption", "FalseOption"), .. Of(Boolean, "IsGlobal")] },
        new()
        {
            Name = "EntityKeyMetadata",
            Key = [Id.Name],
            AlternateKeys = [["LogicalName"]],
            Properties = [Id, .. Of(String, "LogicalName", "SchemaName", "EntityLogicalName", "KeyAttributes", "EntityKeyIndexStatus")],
        },
        new()
        {
            Name = "OneToManyRelationshipMetadata",
            Key = [Id.Name],
            AlternateKeys = [["SchemaName"]],
            Properties =
            [
                Id, .. Of(String, "SchemaName", "ReferencedEntity", "ReferencedAttribute", "ReferencingEntity", "ReferencingAttribute",
                    "ReferencingEntityNavigationPropertyName", "ReferencedEntityNavigationPropertyName", "RelationshipType", "CascadeConfiguration"),
            ],
        },
    ];

    private static EntityShape Attribute(string name, params IEnumerable<PropertyShape>[] properties) =>
        new() { Name = name, BaseName = "AttributeMetadata", Properties = [.. properties.SelectMany(some => some)] };

    private static EntityShape Choice(string name) =>
        Attribute(name, Of(Int32, "DefaultFormValue")) with { Navigations = [new("OptionSet", "OptionSetMetadata", false), new("GlobalOptionSet", "OptionSetMetadata", false)] };

    private static IEnumerable<PropertyShape> Of(EdmPrimitiveTypeKind kind, params IEnumerable<string> names) => names.Select(name => new PropertyShape(name, kind));
}
