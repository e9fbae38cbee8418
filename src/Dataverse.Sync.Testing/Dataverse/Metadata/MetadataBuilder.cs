using System.Text.Json.Nodes;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Describes the tables in the objects of the metadata API.</summary>
internal static class MetadataBuilder
{
    private const int English = 1033;

    public static MetadataNode Table(DataverseSchema schema, DataverseTableSchema table)
    {
        var definition = table.Definition;
        return Node("EntityMetadata", table.LogicalName, Values(table)) with
        {
            Collections = new Dictionary<string, IReadOnlyList<MetadataNode>>
            {
                ["Attributes"] = [.. AttributeMetadataBuilder.Attributes(table)],
                ["Keys"] = [.. definition.AlternateKeys.Select(key => Key(table, key))],
                ["ManyToOneRelationships"] = RelationshipBuilder.FromTable(schema, table),
                ["OneToManyRelationships"] = RelationshipBuilder.ToTable(schema, table),

                // No table of the emulator has a relationship of many rows to many.
                ["ManyToManyRelationships"] = [],
            },
        };
    }

    private static Dictionary<string, object?> Values(DataverseTableSchema table)
    {
        var definition = table.Definition;
        return new(Switches(table))
        {
            ["LogicalName"] = table.LogicalName,
            ["SchemaName"] = SchemaName(table.LogicalName),
            ["EntitySetName"] = table.SetName,
            ["LogicalCollectionName"] = table.SetName,
            ["CollectionSchemaName"] = SchemaName(table.SetName),
            ["PrimaryIdAttribute"] = table.Key,
            ["PrimaryNameAttribute"] = definition.PrimaryName,
            ["OwnershipType"] = definition.Ownership.ToString(),
            ["TableType"] = "Standard",
            ["ChangeTrackingEnabled"] = definition.ChangeTracking,
            ["IsOptimisticConcurrencyEnabled"] = definition.OptimisticConcurrency,
            ["IntroducedVersion"] = IntroducedVersion(table),
            ["Description"] = NoLabel(),
            ["DataProviderId"] = null,
            ["DataSourceId"] = null,
            ["ExternalName"] = null,
            ["PrimaryImageAttribute"] = null,
            ["ObjectTypeCode"] = definition.TypeCode,
            ["DisplayName"] = Label(table.LogicalName),
            ["DisplayCollectionName"] = Label(table.SetName),
            ["Privileges"] = new JsonArray([.. Enum.GetValues<DataversePrivilege>().Select(type => Privilege(table, type))]),
        };
    }

    private static Dictionary<string, object?> Switches(DataverseTableSchema table) => new()
    {
        ["IsCustomEntity"] = IsCustom(table),
        ["IsManaged"] = !IsCustom(table),
        ["IsPrivate"] = false,
        ["IsActivity"] = false,
        ["IsIntersect"] = false,
        ["IsLogicalEntity"] = false,
        ["IsBPFEntity"] = false,
        ["IsChildEntity"] = false,
        ["IsImportable"] = !table.Definition.IsVirtual,
        ["IsStateModelAware"] = table.Definition.HasState,
        ["IsValidForAdvancedFind"] = true,
        ["IsCustomizable"] = ManagedFlag("iscustomizable", value: true),
        ["IsRenameable"] = ManagedFlag("isrenameable", value: true),
        ["IsAuditEnabled"] = ManagedFlag("canmodifyauditsettings", value: false),
        ["IsDuplicateDetectionEnabled"] = ManagedFlag("canmodifyduplicatedetectionsettings", value: false),
        ["CanCreateAttributes"] = ManagedFlag("cancreateattributes", value: true),
        ["CanChangeTrackingBeEnabled"] = ManagedFlag("canchangetrackingbeenabled", value: true),
        ["IsEnabledForCharts"] = !table.Definition.IsVirtual,
        ["IsAvailableOffline"] = false,
        ["IsKnowledgeManagementEnabled"] = false,
        ["IsDocumentManagementEnabled"] = false,
        ["IsOneNoteIntegrationEnabled"] = false,
        ["IsBusinessProcessEnabled"] = false,
        ["IsQuickCreateEnabled"] = false,
        ["IsSLAEnabled"] = false,
        ["HasNotes"] = false,
        ["HasActivities"] = false,
        ["HasChanged"] = null,
    };

    /// <summary>The name of a privilege on a table; some tables have an older name there.</summary>
    public static string PrivilegeName(DataverseTableSchema table, DataversePrivilege type) =>
        $"prv{type}{SchemaName(table.LogicalName == "systemuser" ? "user" : table.LogicalName)}";

    public static Guid PrivilegeId(DataverseTableSchema table, DataversePrivilege type) =>
        StableGuid.Of("Privilege:" + PrivilegeName(table, type));

    public static MetadataNode Node(string type, string identity, Dictionary<string, object?> values)
    {
        values["MetadataId"] = IdOf(type, identity);
        return new MetadataNode(type, values);
    }

    public static Guid IdOf(string type, string identity) => StableGuid.Of(type + ":" + identity);

    public static JsonObject Label(string text, IReadOnlyDictionary<int, string>? otherLabels = null)
    {
        var others = (otherLabels ?? new Dictionary<int, string>()).Select(pair => Localized(pair.Value, pair.Key));
        return new JsonObject
        {
            ["LocalizedLabels"] = new JsonArray([Localized(text, English), .. others]),
            ["UserLocalizedLabel"] = Localized(text, English),
        };
    }

    /// <summary>The label of what nobody has described.</summary>
    public static JsonObject NoLabel() => new() { ["LocalizedLabels"] = new JsonArray(), ["UserLocalizedLabel"] = null };

    /// <summary>The version of the solution that brought the table.</summary>
    public static string IntroducedVersion(DataverseTableSchema table) => IsCustom(table) ? "1.0.0.0" : "5.0.0.0";

    /// <summary>A property that the publisher of a managed solution may lock.</summary>
    public static JsonObject ManagedFlag(string name, bool value) =>
        new() { ["Value"] = value, ["CanBeChanged"] = true, ["ManagedPropertyLogicalName"] = name };

    public static string SchemaName(string logicalName) => char.ToUpperInvariant(logicalName[0]) + logicalName[1..];

    /// <summary>Custom tables bear the prefix of their publisher.</summary>
    public static bool IsCustom(DataverseTableSchema table) =>
        table.LogicalName.Contains('_', StringComparison.Ordinal);

    private static JsonObject Localized(string text, int language) =>
        new() { ["Label"] = text, ["LanguageCode"] = language, ["IsManaged"] = true };

    private static JsonObject Privilege(DataverseTableSchema table, DataversePrivilege type) => new()
    {
        ["CanBeBasic"] = table.Definition.Ownership == DataverseOwnership.UserOwned,
        ["CanBeGlobal"] = true,
        ["Name"] = PrivilegeName(table, type),
        ["PrivilegeId"] = PrivilegeId(table, type),
        ["PrivilegeType"] = type.ToString(),
    };

    private static MetadataNode Key(DataverseTableSchema table, DataverseAlternateKey key) =>
        Node("EntityKeyMetadata", $"{table.LogicalName}.{key.Name}", new()
        {
            ["LogicalName"] = key.Name,
            ["SchemaName"] = SchemaName(key.Name),
            ["EntityLogicalName"] = table.LogicalName,
            ["KeyAttributes"] = new JsonArray([.. key.Columns.Select(column => JsonValue.Create(column))]),
            ["EntityKeyIndexStatus"] = "Active",
        });
}
