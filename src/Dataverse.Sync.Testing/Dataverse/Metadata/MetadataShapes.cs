using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The entity types of metadata URLs. Structured properties are declared as text: they can be selected, but not
/// compared.
/// </summary>
internal static class MetadataShapes
{
    private const EdmPrimitiveTypeKind Text = EdmPrimitiveTypeKind.String;
    private const EdmPrimitiveTypeKind Flag = EdmPrimitiveTypeKind.Boolean;
    private const EdmPrimitiveTypeKind Number = EdmPrimitiveTypeKind.Int32;
    private const EdmPrimitiveTypeKind BigNumber = EdmPrimitiveTypeKind.Int64;
    private const EdmPrimitiveTypeKind Fixed = EdmPrimitiveTypeKind.Decimal;
    private const EdmPrimitiveTypeKind Floating = EdmPrimitiveTypeKind.Double;

    private static readonly PropertyShape Id = new("MetadataId", EdmPrimitiveTypeKind.Guid, false);

    private static readonly EntityShape Table = new()
    {
        Name = "EntityMetadata",
        SetName = "EntityDefinitions",
        Key = [Id.Name],
        AlternateKeys = [["LogicalName"]],
        Properties =
        [
            Id,
            .. Of(Text, "LogicalName", "SchemaName", "EntitySetName", "LogicalCollectionName", "CollectionSchemaName"),
            .. Of(Text, "PrimaryIdAttribute", "PrimaryNameAttribute", "OwnershipType", "TableType"),
            .. Of(Text, "DisplayName", "DisplayCollectionName", "ChangeTrackingEnabledProperty", "Privileges"),
            .. Of(Flag, "ChangeTrackingEnabled", "IsOptimisticConcurrencyEnabled"),
            .. Of(Flag, "IsCustomEntity", "IsActivity", "IsIntersect"),
            .. Of(Number, "ObjectTypeCode"),
        ],
        Navigations =
        [
            new("Attributes", "AttributeMetadata", true),
            new("Keys", "EntityKeyMetadata", true),
            new("ManyToOneRelationships", "OneToManyRelationshipMetadata", true),
            new("OneToManyRelationships", "OneToManyRelationshipMetadata", true),
        ],
    };

    private static readonly EntityShape AnyAttribute = new()
    {
        Name = "AttributeMetadata",
        Key = [Id.Name],
        AlternateKeys = [["LogicalName"]],
        Properties =
        [
            Id,
            .. Of(Text, "LogicalName", "SchemaName", "EntityLogicalName", "AttributeType", "AttributeTypeName"),
            .. Of(Text, "RequiredLevel", "DisplayName", "AttributeOf"),
            .. Of(Flag, "IsValidForCreate", "IsValidForUpdate", "IsValidForRead", "IsSecured"),
            .. Of(Flag, "CanBeSecuredForRead", "CanBeSecuredForCreate", "CanBeSecuredForUpdate"),
            .. Of(Flag, "IsPrimaryId", "IsPrimaryName", "IsCustomAttribute", "IsLogical"),
        ],
    };

    private static readonly EntityShape[] Attributes =
    [
        Attribute("StringAttributeMetadata", Of(Number, "MaxLength", "DatabaseLength"), Of(Text, "Format")),
        Attribute("MemoAttributeMetadata", Of(Number, "MaxLength"), Of(Text, "Format")),
        Attribute("IntegerAttributeMetadata", Of(Number, "MinValue", "MaxValue"), Of(Text, "Format")),
        Attribute("BigIntAttributeMetadata", Of(BigNumber, "MinValue", "MaxValue")),
        Attribute("DecimalAttributeMetadata", Of(Fixed, "MinValue", "MaxValue"), Of(Number, "Precision")),
        Attribute("DoubleAttributeMetadata", Of(Floating, "MinValue", "MaxValue"), Of(Number, "Precision")),
        Attribute(
            "MoneyAttributeMetadata",
            Of(Floating, "MinValue", "MaxValue"),
            Of(Number, "Precision", "PrecisionSource"),
            Of(Flag, "IsBaseCurrency"),
            Of(Text, "CalculationOf")),
        Attribute("DateTimeAttributeMetadata", Of(Text, "Format", "DateTimeBehavior")),
        Attribute("LookupAttributeMetadata", Of(Text, "Targets", "Format")),
        Attribute("UniqueIdentifierAttributeMetadata"),
        Attribute("EntityNameAttributeMetadata"),
        Attribute("ImageAttributeMetadata"),
        Attribute("FileAttributeMetadata"),
        Attribute("BooleanAttributeMetadata", Of(Flag, "DefaultValue")) with
        {
            Navigations = [new("OptionSet", "OptionSetMetadata", false)],
        },
        Choice("PicklistAttributeMetadata"),
        Choice("StateAttributeMetadata"),
        Choice("StatusAttributeMetadata"),
        Choice("MultiSelectPicklistAttributeMetadata"),
    ];

    private static readonly EntityShape OptionSet = new()
    {
        Name = "OptionSetMetadata",
        Key = [Id.Name],
        Properties =
        [
            Id,
            .. Of(Text, "Name", "OptionSetType", "Options", "TrueOption", "FalseOption"),
            .. Of(Flag, "IsGlobal"),
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
            .. Of(Text, "LogicalName", "SchemaName", "EntityLogicalName", "KeyAttributes", "EntityKeyIndexStatus"),
        ],
    };

    private static readonly EntityShape Relationship = new()
    {
        Name = "OneToManyRelationshipMetadata",
        Key = [Id.Name],
        AlternateKeys = [["SchemaName"]],
        Properties =
        [
            Id,
            .. Of(
                Text, "SchemaName", "ReferencedEntity", "ReferencedAttribute", "ReferencingEntity",
                "ReferencingAttribute"),
            .. Of(Text, "ReferencingEntityNavigationPropertyName", "ReferencedEntityNavigationPropertyName"),
            .. Of(Text, "RelationshipType", "CascadeConfiguration"),
        ],
    };

    public static EdmModel Model { get; } = EdmModelFactory.Create(
        DataverseSchema.Namespace, "Metadata",
        [Table, AnyAttribute, .. Attributes, OptionSet, AlternateKey, Relationship]);

    private static EntityShape Attribute(string name, params IEnumerable<PropertyShape>[] properties) =>
        new() { Name = name, BaseName = "AttributeMetadata", Properties = [.. properties.SelectMany(some => some)] };

    private static EntityShape Choice(string name) =>
        Attribute(name, Of(Number, "DefaultFormValue")) with
        {
            Navigations =
            [
                new("OptionSet", "OptionSetMetadata", false),
                new("GlobalOptionSet", "OptionSetMetadata", false),
            ],
        };

    private static IEnumerable<PropertyShape> Of(EdmPrimitiveTypeKind kind, params IEnumerable<string> names) =>
        names.Select(name => new PropertyShape(name, kind));
}
