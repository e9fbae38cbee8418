namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The captions of an entity or, without a set, of an enum. The service has them in each installed language; the
/// emulator in English.
/// </summary>
/// <param name="Name">The name of the entity type or of the enum.</param>
/// <param name="Set">The entity set; null for an enum.</param>
internal sealed record EntityDefinition(string Name, string? Set)
{
    public string? Caption { get; init; }

    public string? SetCaption { get; init; }

    public IReadOnlyList<(string Name, string Caption)> Properties { get; init; } = [];

    public IReadOnlyList<(string Name, int Value, string Caption)> Members { get; init; } = [];

    /// <summary>The definitions of a route: its entities, then its enums.</summary>
    public static IEnumerable<EntityDefinition> All(RouteModel route) =>
        route.Sets.Where(table => table.Name != PageNames.Companies).Select(Of).Concat(route.Enums.Select(Of));

    private static EntityDefinition Of(PageSchema table) => new(table.Definition.EntityName, table.Set)
    {
        Caption = Captions.OfEntity(table.Definition.EntityName),
        SetCaption = Captions.OfEntity(table.Set),
        Properties = [.. table.Fields.Select(field => (field.Name, Captions.OfProperty(table, field)))],
    };

    private static EntityDefinition Of(EnumShape shape) => new(shape.Name, null)
    {
        Members =
        [
            .. shape.Members.Select(
                (member, position) => (member, shape.Values?[position] ?? position, EnumNames.Decode(member))),
        ],
    };
}
