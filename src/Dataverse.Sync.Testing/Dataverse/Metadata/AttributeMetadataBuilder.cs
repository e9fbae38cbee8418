using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Describes the columns of a table in the objects of the metadata API.</summary>
internal static class AttributeMetadataBuilder
{
    public static IEnumerable<MetadataNode> Attributes(DataverseTableSchema table)
    {
        foreach (var column in table.Columns)
        {
            yield return Attribute(table, column);
        }

        // The type of an owner is a separate column without a property in rows.
        if (table.Find(SystemColumns.Owner) is { } owner)
        {
            yield return MetadataBuilder.Node("EntityNameAttributeMetadata", table.LogicalName + ".owneridtype", Common(
                table, owner with { Name = "owneridtype", Access = DataverseColumnAccess.ReadOnly }, "EntityName"));
        }
    }

    /// <summary>The id of a column in the metadata.</summary>
    public static Guid IdOf(DataverseTableSchema table, DataverseColumn column) =>
        MetadataBuilder.IdOf(NodeType(column), $"{table.LogicalName}.{column.Name}");

    private static MetadataNode Attribute(DataverseTableSchema table, DataverseColumn column)
    {
        var values = Common(table, column, TypeName(column));
        foreach (var (name, value) in Details(table, column))
        {
            values[name] = value;
        }

        return MetadataBuilder.Node(NodeType(column), $"{table.LogicalName}.{column.Name}", values) with
        {
            Singles = OptionSetBuilder.Of(table, column),
        };
    }

    private static Dictionary<string, object?> Common(
        DataverseTableSchema table, DataverseColumn column, string type) => new()
        {
            ["LogicalName"] = column.Name,
            ["SchemaName"] = MetadataBuilder.SchemaName(column.Name),
            ["EntityLogicalName"] = table.LogicalName,
            ["AttributeType"] = type is "MultiSelectPicklist" or "Image" or "File" ? "Virtual" : type,
            ["AttributeTypeName"] = new JsonObject { ["Value"] = type + "Type" },
            ["IsValidForCreate"] = column.Access is DataverseColumnAccess.ReadWrite or DataverseColumnAccess.CreateOnly,
            ["IsValidForUpdate"] = column.Access is DataverseColumnAccess.ReadWrite or DataverseColumnAccess.UpdateOnly,
            ["IsValidForRead"] = !column.IsWriteOnly,
            ["IsSecured"] = column.IsSecured,
            ["CanBeSecuredForRead"] = CanBeSecured(table, column),
            ["CanBeSecuredForCreate"] = CanBeSecured(table, column),
            ["CanBeSecuredForUpdate"] = CanBeSecured(table, column),
            ["IsPrimaryId"] = column.Name == table.Key,
            ["IsPrimaryName"] = column.Name == table.Definition.PrimaryName,
            ["IsCustomAttribute"] = MetadataBuilder.IsCustom(table) && table.Definition.Columns.Contains(column),
            ["IsManaged"] = !MetadataBuilder.IsCustom(table),
            ["IsLogical"] = false,
            ["IsRetrievable"] = !column.IsWriteOnly,
            ["HasChanged"] = null,
            ["IntroducedVersion"] = MetadataBuilder.IntroducedVersion(table),
            ["Description"] = MetadataBuilder.NoLabel(),
            ["IsCustomizable"] = MetadataBuilder.ManagedFlag("iscustomizable", value: true),
            ["IsValidForAdvancedFind"] = MetadataBuilder.ManagedFlag("canmodifysearchsettings", value: !column.IsWriteOnly),
            ["AttributeOf"] = null,
            ["DisplayName"] = MetadataBuilder.Label(column.Name),
            ["RequiredLevel"] = new JsonObject
            {
                ["Value"] = column.Requirement.ToString(),
                ["CanBeChanged"] = column.Requirement is not DataverseRequirement.SystemRequired,
                ["ManagedPropertyLogicalName"] = "canmodifyrequirementlevelsettings",
            },
        };

    private static bool CanBeSecured(DataverseTableSchema table, DataverseColumn column) =>
        !table.Definition.IsVirtual && !column.IsLookup && column.Name != table.Key
        && column.Name != table.Definition.PrimaryName
        && column.Type is not (DataverseColumnType.State or DataverseColumnType.Status);

    private static Dictionary<string, object?> Details(DataverseTableSchema table, DataverseColumn column) =>
        column.Type switch
        {
            DataverseColumnType.Text =>
                new()
                {
                    ["MaxLength"] = column.MaxLength,
                    ["DatabaseLength"] = column.MaxLength * 2,
                    ["Format"] = "Text",
                },
            DataverseColumnType.Memo => new() { ["MaxLength"] = column.MaxLength, ["Format"] = "TextArea" },
            DataverseColumnType.WholeNumber or DataverseColumnType.Duration =>
                new()
                {
                    ["MinValue"] = (int?)column.MinValue,
                    ["MaxValue"] = (int?)column.MaxValue,
                    ["Format"] = column.Type is DataverseColumnType.Duration ? "Duration" : "None",
                },
            DataverseColumnType.BigNumber => new() { ["MinValue"] = long.MinValue, ["MaxValue"] = long.MaxValue },
            DataverseColumnType.Decimal =>
                new()
                {
                    ["MinValue"] = column.MinValue,
                    ["MaxValue"] = column.MaxValue,
                    ["Precision"] = column.Precision,
                },
            DataverseColumnType.Double => new()
            {
                ["MinValue"] = (double?)column.MinValue,
                ["MaxValue"] = (double?)column.MaxValue,
                ["Precision"] = column.Precision,
            },
            DataverseColumnType.Money => Money(table, column),
            DataverseColumnType.DateTime => Dates(
                column.ShowsDateOnly ? "DateOnly" : "DateAndTime", column.Behavior.ToString()),
            DataverseColumnType.DateOnly => Dates("DateOnly", "DateOnly"),
            DataverseColumnType.Boolean => new() { ["DefaultValue"] = column.Default as bool? ?? false },
            DataverseColumnType.Choice or DataverseColumnType.State or DataverseColumnType.Status =>
                new() { ["DefaultFormValue"] = column.Default as int? ?? -1 },
            _ when column.IsLookup => new()
            {
                ["Targets"] = new JsonArray([.. column.Targets.Select(target => JsonValue.Create(target.Table))]),
                ["Format"] = "None",
            },
            _ => [],
        };

    private static Dictionary<string, object?> Money(DataverseTableSchema table, DataverseColumn column)
    {
        const string Base = "_base";
        var original = column.Name.EndsWith(Base, StringComparison.Ordinal)
            ? table.Find(column.Name[..^Base.Length])
            : null;
        return new()
        {
            ["MinValue"] = (double?)column.MinValue,
            ["MaxValue"] = (double?)column.MaxValue,
            ["Precision"] = column.Precision,
            ["PrecisionSource"] = (int)column.PrecisionSource,
            ["IsBaseCurrency"] = original is not null,
            ["CalculationOf"] = original?.Name,
        };
    }

    private static Dictionary<string, object?> Dates(string format, string behavior) =>
        new() { ["Format"] = format, ["DateTimeBehavior"] = new JsonObject { ["Value"] = behavior } };

    private static string TypeName(DataverseColumn column) => column.Type switch
    {
        DataverseColumnType.Text => "String",
        DataverseColumnType.Choice => "Picklist",
        DataverseColumnType.MultiChoice => "MultiSelectPicklist",
        DataverseColumnType.WholeNumber or DataverseColumnType.Duration => "Integer",
        DataverseColumnType.BigNumber => "BigInt",
        DataverseColumnType.DateOnly => "DateTime",
        DataverseColumnType.UniqueIdentifier => "Uniqueidentifier",
        _ => column.Type.ToString(),
    };

    private static string NodeType(DataverseColumn column) => TypeName(column) switch
    {
        "Customer" or "Owner" => "LookupAttributeMetadata",
        "Uniqueidentifier" => "UniqueIdentifierAttributeMetadata",
        var type => type + "AttributeMetadata",
    };
}
