using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The OData types of API properties.</summary>
internal static class EdmTypes
{
    public const string Namespace = "Microsoft.NAV";

    /// <summary>The type as error messages name it.</summary>
    public static string Name(BusinessCentralField field) =>
        field.EnumName is { } name ? $"{Namespace}.{name}" : $"Edm.{Kind(field)}";

    /// <summary>The type as <c>$metadata</c> names it.</summary>
    public static string Name(PageSchema table, BusinessCentralField field) =>
        field.Members.Count > 0 ? $"{Namespace}.{EnumShape.Of(table, field).Name}" : Name(field);

    /// <summary>
    /// The type as full metadata names it beside a value; null for the types that JSON itself tells.
    /// </summary>
    public static string? Annotation(PageSchema table, BusinessCentralField field) => field.Type switch
    {
        BusinessCentralFieldType.Enum => $"#{Name(table, field)}",
        BusinessCentralFieldType.Text or BusinessCentralFieldType.Code or BusinessCentralFieldType.Boolean
            or BusinessCentralFieldType.Integer or BusinessCentralFieldType.Stream => null,
        _ => $"#{Kind(field)}",
    };

    /// <summary>The type in filters, where enums are text.</summary>
    public static EdmPrimitiveTypeKind Kind(BusinessCentralField field) => field.Type switch
    {
        BusinessCentralFieldType.Guid => EdmPrimitiveTypeKind.Guid,
        BusinessCentralFieldType.Decimal => EdmPrimitiveTypeKind.Decimal,
        BusinessCentralFieldType.Integer => EdmPrimitiveTypeKind.Int32,
        BusinessCentralFieldType.BigInteger => EdmPrimitiveTypeKind.Int64,
        BusinessCentralFieldType.Boolean => EdmPrimitiveTypeKind.Boolean,
        BusinessCentralFieldType.Date => EdmPrimitiveTypeKind.Date,
        BusinessCentralFieldType.DateTime => EdmPrimitiveTypeKind.DateTimeOffset,
        BusinessCentralFieldType.Duration => EdmPrimitiveTypeKind.Duration,
        BusinessCentralFieldType.Time => EdmPrimitiveTypeKind.TimeOfDay,
        BusinessCentralFieldType.Stream => EdmPrimitiveTypeKind.Stream,
        _ => EdmPrimitiveTypeKind.String,
    };
}
