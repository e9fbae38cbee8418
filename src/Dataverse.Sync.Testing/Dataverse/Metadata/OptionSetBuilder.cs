using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Describes the options of a column in the objects of the metadata API.</summary>
internal static class OptionSetBuilder
{
    /// <summary>The navigation properties of a column that lead to its options; empty for a column without.</summary>
    public static Dictionary<string, MetadataNode> Of(DataverseTableSchema table, DataverseColumn column)
    {
        if (column.Type is DataverseColumnType.Boolean)
        {
            return new() { ["OptionSet"] = Flag(table, column) };
        }

        if (column.Choices.Count == 0)
        {
            return [];
        }

        var options = Choices(table, column);
        return column.GlobalChoice is null
            ? new() { ["OptionSet"] = options }
            : new() { ["OptionSet"] = options, ["GlobalOptionSet"] = options };
    }

    private static MetadataNode Choices(DataverseTableSchema table, DataverseColumn column) => MetadataBuilder.Node(
        "OptionSetMetadata", column.GlobalChoice ?? Identity(table, column), Common(table, column, Type(column), new()
        {
            ["Options"] = new JsonArray([.. column.Choices.Select(choice => Option(column, choice))]),
        }));

    private static MetadataNode Flag(DataverseTableSchema table, DataverseColumn column) => MetadataBuilder.Node(
        "BooleanOptionSetMetadata", Identity(table, column), Common(table, column, "Boolean", new()
        {
            ["TrueOption"] = new JsonObject { ["Value"] = 1, ["Label"] = MetadataBuilder.Label("Yes") },
            ["FalseOption"] = new JsonObject { ["Value"] = 0, ["Label"] = MetadataBuilder.Label("No") },
        }));

    private static Dictionary<string, object?> Common(
        DataverseTableSchema table, DataverseColumn column, string type, Dictionary<string, object?> values)
    {
        values["Name"] = column.GlobalChoice ?? $"{table.LogicalName}_{column.Name}";
        values["IsGlobal"] = column.GlobalChoice is not null;
        values["IsCustomOptionSet"] = MetadataBuilder.IsCustom(table);
        values["IsManaged"] = !MetadataBuilder.IsCustom(table);
        values["OptionSetType"] = type;
        values["DisplayName"] = MetadataBuilder.Label(column.GlobalChoice ?? column.Name);
        return values;
    }

    private static string Type(DataverseColumn column) =>
        column.Type is DataverseColumnType.State or DataverseColumnType.Status ? column.Type.ToString() : "Picklist";

    private static string Identity(DataverseTableSchema table, DataverseColumn column) =>
        $"{table.LogicalName}.{column.Name}.options";

    private static JsonObject Option(DataverseColumn column, DataverseChoice choice)
    {
        var option = new JsonObject { ["Value"] = choice.Value, ["Label"] = MetadataBuilder.Label(choice.Label, choice.OtherLabels) };
        if (column.Type is DataverseColumnType.Status)
        {
            option["State"] = choice.State;
        }

        return option;
    }
}
