using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The entity sets of one API route and the parser of queries on them.</summary>
internal sealed class RouteModel
{
    private readonly Dictionary<string, PageSchema> tables;
    private readonly ODataQueryParser parser;

    public RouteModel(string route, IReadOnlyList<PageSchema> routeTables, PageSchema companies)
    {
        Route = route;
        tables = routeTables.ToDictionary(table => table.Set, StringComparer.Ordinal);
        tables[companies.Set] = companies;
        var model = EdmModelFactory.Create(EdmTypes.Namespace, "NAV", [.. tables.Values.Select(Shape), Definitions]);
        parser = new ODataQueryParser(model);
        Enums = [.. EnumsOf(tables.Values.Where(IsShown))];
    }

    public string Route { get; }

    /// <summary>
    /// The entity sets ordered by name, including the companies and the sets that are readable only under a parent.
    /// </summary>
    public IReadOnlyList<PageSchema> Sets =>
        [.. tables.Values.Where(IsShown).OrderBy(table => table.Set, StringComparer.Ordinal)];

    /// <summary>The enums of the sets, each once.</summary>
    public IReadOnlyList<EnumShape> Enums { get; }

    public PageSchema? Find(string set) => tables.GetValueOrDefault(set);

    /// <exception cref="ODataQueryException">The options are not valid for the set.</exception>
    public ODataQuery Parse(PageSchema table, IReadOnlyDictionary<string, string> options) =>
        parser.Parse(table.Set, options);

    /// <exception cref="ODataQueryException">The options are not valid for <c>entityDefinitions</c>.</exception>
    public ODataQuery ParseDefinitions(IReadOnlyDictionary<string, string> options) =>
        parser.Parse(PageNames.EntityDefinitions, options);

    private static EntityShape Definitions { get; } = new()
    {
        Name = "entityMetadata",
        SetName = PageNames.EntityDefinitions,
        Key = ["entityName"],
        Properties =
        [
            new("entityName", EdmPrimitiveTypeKind.String, false), new("entitySetName", EdmPrimitiveTypeKind.String),
        ],
    };

    private static bool IsShown(PageSchema table) => table.Definition.IsExposed;

    private static IEnumerable<EnumShape> EnumsOf(IEnumerable<PageSchema> tables)
    {
        var enums = tables.SelectMany(
            table => table.Fields.Where(field => field.Members.Count > 0).Select(field => EnumShape.Of(table, field)));
        foreach (var sharing in enums.GroupBy(shape => shape.Name, StringComparer.Ordinal))
        {
            yield return sharing.All(shape => shape.Members.SequenceEqual(sharing.First().Members))
                ? sharing.First()
                : throw new ArgumentException($"The enum '{sharing.Key}' has different members on different pages.");
        }
    }

    private EntityShape Shape(PageSchema table) => new()
    {
        Name = table.Definition.EntityName,
        SetName = table.Set,
        Key = [table.IdField.Name],
        Properties = [.. table.Fields.Select(
            field => new PropertyShape(field.Name, EdmTypes.Kind(field), field != table.IdField))],
        Navigations = [.. table.Definition.Navigations.Select(navigation => new NavigationShape(
            navigation.Name, tables[navigation.Target].Definition.EntityName, navigation.IsCollection))],
    };
}
