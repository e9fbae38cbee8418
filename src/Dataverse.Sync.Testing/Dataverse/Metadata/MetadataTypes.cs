using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The enumerations and structures of definitions. A filter names the type of a member, and the path to a value inside of a
/// structure.
/// </summary>
internal static class MetadataTypes
{
    public static readonly EdmEnumType Ownership = Enumeration(
        "OwnershipTypes", "None", "UserOwned", "TeamOwned", "BusinessOwned", "OrganizationOwned", "BusinessParented");

    public static readonly EdmEnumType AttributeType = Enumeration(
        "AttributeTypeCode", "Boolean", "Customer", "DateTime", "Decimal", "Double", "Integer", "Lookup", "Memo", "Money", "Owner",
        "PartyList", "Picklist", "State", "Status", "String", "Uniqueidentifier", "CalendarRules", "Virtual", "BigInt",
        "ManagedProperty", "EntityName");

    public static readonly EdmEnumType RelationshipType = Enumeration(
        "RelationshipType", "OneToManyRelationship", "ManyToManyRelationship");

    public static readonly EdmEnumType OptionSetType = Enumeration("OptionSetType", "Picklist", "State", "Status", "Boolean");

    public static readonly EdmEnumType KeyStatus = Enumeration("EntityKeyIndexStatus", "Pending", "InProgress", "Active", "Failed");

    public static readonly EdmComplexType Flag = Structure(
        "BooleanManagedProperty", ("Value", EdmPrimitiveTypeKind.Boolean), ("CanBeChanged", EdmPrimitiveTypeKind.Boolean),
        ("ManagedPropertyLogicalName", EdmPrimitiveTypeKind.String));

    public static readonly EdmComplexType RequiredLevel = WithValue(
        "AttributeRequiredLevelManagedProperty",
        Enumeration("AttributeRequiredLevel", "None", "SystemRequired", "ApplicationRequired", "Recommended"),
        ("CanBeChanged", EdmPrimitiveTypeKind.Boolean), ("ManagedPropertyLogicalName", EdmPrimitiveTypeKind.String));

    public static readonly EdmComplexType TypeName = Structure("AttributeTypeDisplayName", ("Value", EdmPrimitiveTypeKind.String));

    public static readonly EdmComplexType Behavior = Structure("DateTimeBehavior", ("Value", EdmPrimitiveTypeKind.String));

    /// <summary>Labels, options, and other structures and lists, which can be selected and not compared.</summary>
    public static readonly EdmComplexType Opaque = Structure("Label");

    private static EdmEnumType Enumeration(string name, params ReadOnlySpan<string> members)
    {
        var type = new EdmEnumType(DataverseSchema.Namespace, name);
        for (var i = 0; i < members.Length; i++)
        {
            _ = type.AddMember(members[i], new EdmEnumMemberValue(i));
        }

        return type;
    }

    private static EdmComplexType Structure(string name, params ReadOnlySpan<(string Name, EdmPrimitiveTypeKind Kind)> members)
    {
        var type = new EdmComplexType(DataverseSchema.Namespace, name);
        foreach (var member in members)
        {
            _ = type.AddStructuralProperty(member.Name, member.Kind);
        }

        return type;
    }

    private static EdmComplexType WithValue(
        string name, IEdmEnumType value, params ReadOnlySpan<(string Name, EdmPrimitiveTypeKind Kind)> members)
    {
        var type = Structure(name, members);
        _ = type.AddStructuralProperty("Value", new EdmEnumTypeReference(value, isNullable: true));
        return type;
    }
}
