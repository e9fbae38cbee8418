using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The types of columns in metadata URLs: one for what all have, and one for each kind.</summary>
internal static class AttributeShapes
{
    private const EdmPrimitiveTypeKind Text = EdmPrimitiveTypeKind.String;
    private const EdmPrimitiveTypeKind Flag = EdmPrimitiveTypeKind.Boolean;
    private const EdmPrimitiveTypeKind Number = EdmPrimitiveTypeKind.Int32;
    private const EdmPrimitiveTypeKind BigNumber = EdmPrimitiveTypeKind.Int64;
    private const EdmPrimitiveTypeKind Fixed = EdmPrimitiveTypeKind.Decimal;
    private const EdmPrimitiveTypeKind Floating = EdmPrimitiveTypeKind.Double;

    private static readonly PropertyShape Id = new("MetadataId", EdmPrimitiveTypeKind.Guid, false);

    private static readonly EntityShape Any = new()
    {
        Name = "AttributeMetadata",
        Key = [Id.Name],
        AlternateKeys = [["LogicalName"]],
        Properties =
        [
            Id,
            .. Of(Text, "LogicalName", "SchemaName", "EntityLogicalName", "AttributeOf", "IntroducedVersion"),
            .. Of(Flag, "IsValidForCreate", "IsValidForUpdate", "IsValidForRead", "IsSecured", "IsManaged"),
            .. Of(Flag, "CanBeSecuredForRead", "CanBeSecuredForCreate", "CanBeSecuredForUpdate"),
            .. Of(Flag, "IsPrimaryId", "IsPrimaryName", "IsCustomAttribute", "IsLogical", "IsRetrievable", "HasChanged"),
            .. Of(MetadataTypes.AttributeType, "AttributeType"),
            .. Of(MetadataTypes.TypeName, "AttributeTypeName"),
            .. Of(MetadataTypes.RequiredLevel, "RequiredLevel"),
            .. Of(MetadataTypes.Flag, "IsCustomizable", "IsValidForAdvancedFind"),
            .. Of(MetadataTypes.Opaque, "DisplayName", "Description"),
        ],
    };

    public static IReadOnlyList<EntityShape> All { get; } =
    [
        Any,
        Kind("String", Of(Number, "MaxLength", "DatabaseLength"), Of(Text, "Format")),
        Kind("Memo", Of(Number, "MaxLength"), Of(Text, "Format")),
        Kind("Integer", Of(Number, "MinValue", "MaxValue"), Of(Text, "Format")),
        Kind("BigInt", Of(BigNumber, "MinValue", "MaxValue")),
        Kind("Decimal", Of(Fixed, "MinValue", "MaxValue"), Of(Number, "Precision")),
        Kind("Double", Of(Floating, "MinValue", "MaxValue"), Of(Number, "Precision")),
        Kind(
            "Money", Of(Floating, "MinValue", "MaxValue"), Of(Number, "Precision", "PrecisionSource"),
            Of(Flag, "IsBaseCurrency"), Of(Text, "CalculationOf")),
        Kind("DateTime", Of(Text, "Format"), Of(MetadataTypes.Behavior, "DateTimeBehavior")),
        Kind("Lookup", Of(Text, "Format"), Of(MetadataTypes.Opaque, "Targets")),
        Kind("UniqueIdentifier"),
        Kind("EntityName"),
        Kind("Image"),
        Kind("File"),
        Kind("Boolean", Of(Flag, "DefaultValue")) with
        {
            Navigations =
            [
                new("OptionSet", "BooleanOptionSetMetadata", false),
                new("GlobalOptionSet", "BooleanOptionSetMetadata", false),
            ],
        },
        Choice("Picklist"),
        Choice("State"),
        Choice("Status"),
        Choice("MultiSelectPicklist"),
    ];

    private static EntityShape Kind(string name, params IEnumerable<PropertyShape>[] properties) => new()
    {
        Name = name + Any.Name,
        BaseName = Any.Name,
        Properties = [.. properties.SelectMany(some => some)],
    };

    private static EntityShape Choice(string name) => Kind(name, Of(Number, "DefaultFormValue")) with
    {
        Navigations =
        [
            new("OptionSet", "OptionSetMetadata", false),
            new("GlobalOptionSet", "OptionSetMetadata", false),
        ],
    };

    private static IEnumerable<PropertyShape> Of(EdmPrimitiveTypeKind kind, params IEnumerable<string> names) =>
        MetadataShapes.Of(kind, names);

    private static IEnumerable<PropertyShape> Of(IEdmType type, params IEnumerable<string> names) =>
        MetadataShapes.Of(type, names);
}
