namespace Dataverse.Sync.WebApi;

/// <summary>What the service's column types hold.</summary>
internal static class ColumnTypes
{
    /// <summary>What a column holds; null for one that cannot be synchronized, such as a party list or an image.</summary>
    public static FieldType? Of(AttributeDefinition attribute, AttributeDefinition? details) => attribute.AttributeType switch
    {
        "String" or "Memo" => FieldType.Text,
        "Boolean" => FieldType.Boolean,
        "Picklist" or "State" or "Status" => FieldType.Choice,
        "Integer" or "BigInt" => FieldType.Integer,
        "Decimal" or "Double" or "Money" => FieldType.Decimal,
        "Uniqueidentifier" => FieldType.Identifier,
        "Lookup" or "Customer" or "Owner" => FieldType.Reference,
        "DateTime" => IsDateOnly(details) ? FieldType.Date : FieldType.DateTime,
        _ => null,
    };

    // The behavior decides the wire form; a column of the format DateOnly may still be an instant. Without it the format has to do.
    private static bool IsDateOnly(AttributeDefinition? details) =>
        (details?.DateTimeBehavior?.Value ?? details?.Format) == "DateOnly";
}
