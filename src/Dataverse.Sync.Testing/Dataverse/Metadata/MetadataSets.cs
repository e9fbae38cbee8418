using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// All definitions of a schema, by entity set. Every request asks for a part of the same few hundred nodes, which change
/// with the schema only.
/// </summary>
internal static class MetadataSets
{
    public const string Tables = "EntityDefinitions";
    public const string Relationships = "RelationshipDefinitions";
    public const string OptionSets = "GlobalOptionSetDefinitions";

    private static readonly ConditionalWeakTable<DataverseSchema, Dictionary<string, IReadOnlyList<MetadataNode>>> Known = [];

    /// <summary>The names of the sets.</summary>
    public static IReadOnlyList<string> Names { get; } = [Tables, Relationships, OptionSets];

    public static IReadOnlyList<MetadataNode> Of(DataverseSchema schema, string set) => Known.GetValue(schema, Create)[set];

    private static Dictionary<string, IReadOnlyList<MetadataNode>> Create(DataverseSchema schema)
    {
        MetadataNode[] tables = [.. schema.Tables.Select(table => MetadataBuilder.Table(schema, table))];
        return new(StringComparer.Ordinal)
        {
            [Tables] = tables,
            [Relationships] = [.. tables.SelectMany(table => table.Collections["ManyToOneRelationships"])
                .DistinctBy(node => node.Values["SchemaName"])],
            [OptionSets] = [.. tables.SelectMany(table => table.Collections["Attributes"])
                .Select(column => column.Singles.GetValueOrDefault("GlobalOptionSet")).OfType<MetadataNode>()
                .DistinctBy(node => node.Values["Name"])],
        };
    }
}
