using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Describes the relationships between tables in the objects of the metadata API.</summary>
internal static class RelationshipBuilder
{
    /// <summary>The abstract table of users and teams, to which the relationship of an owner leads.</summary>
    private const string Owner = "owner";

    /// <summary>The relationships of the lookups of a table.</summary>
    public static IReadOnlyList<MetadataNode> FromTable(DataverseSchema schema, DataverseTableSchema table) =>
        [.. table.Columns.SelectMany(column => column.Type is DataverseColumnType.Owner
            ? [Of(table, column, column.Targets[0] with { Relationship = $"{Owner}_{table.SetName}" }, Owner, SystemColumns.Owner)]
            : column.Targets.Select(target => Of(table, column, target, target.Table, schema[target.Table].Key)))];

    /// <summary>The relationships of the lookups that refer to a table.</summary>
    public static IReadOnlyList<MetadataNode> ToTable(DataverseSchema schema, DataverseTableSchema table) =>
        [.. schema.ReferencesTo(table.LogicalName).Where(entry => entry.Column.Type is not DataverseColumnType.Owner)
            .Select(entry => Of(entry.Table, entry.Column, entry.Target, table.LogicalName, table.Key))];

    private static MetadataNode Of(
        DataverseTableSchema table, DataverseColumn column, DataverseLookupTarget target, string referenced, string key)
    {
        var name = target.Relationship ?? $"{referenced}_{table.LogicalName}_{column.Name}";
        var isCustom = MetadataBuilder.IsCustom(table);
        return MetadataBuilder.Node("OneToManyRelationshipMetadata", name, new()
        {
            ["SchemaName"] = name,
            ["RelationshipType"] = "OneToManyRelationship",
            ["SecurityTypes"] = "Append",
            ["IsCustomRelationship"] = isCustom,
            ["IsManaged"] = !isCustom,
            ["IsCustomizable"] = MetadataBuilder.ManagedFlag("iscustomizable", value: true),
            ["IsValidForAdvancedFind"] = true,
            ["ReferencedEntity"] = referenced,
            ["ReferencedAttribute"] = key,
            ["ReferencingEntity"] = table.LogicalName,
            ["ReferencingAttribute"] = column.Name,
            ["ReferencingEntityNavigationPropertyName"] = target.NavigationProperty,
            ["ReferencedEntityNavigationPropertyName"] = target.Relationship,
            ["IsHierarchical"] = false,
            ["CascadeConfiguration"] = new JsonObject
            {
                ["Assign"] = target.CascadesAssign ? "Cascade" : "NoCascade",
                ["Merge"] = target.CascadesMerge ? "Cascade" : "NoCascade",
                ["Delete"] = target.OnDelete is DataverseDeleteBehavior.None ? "NoCascade" : target.OnDelete.ToString(),
            },
        });
    }
}
