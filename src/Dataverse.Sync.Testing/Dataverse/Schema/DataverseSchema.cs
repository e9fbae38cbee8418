using System.Diagnostics.CodeAnalysis;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// All tables of the organization, and the OData model of their URLs. Immutable: adding a table creates a new schema.
/// </summary>
internal sealed class DataverseSchema
{
    public const string Namespace = "Microsoft.Dynamics.CRM";

    private const string Base = "crmbaseentity";
    private const string Principal = "principal";

    private readonly Dictionary<string, DataverseTableSchema> byName;
    private readonly Dictionary<string, DataverseTableSchema> bySet;
    private readonly ILookup<string, DataverseCollection> collections;

    public DataverseSchema(IEnumerable<DataverseTableDefinition> definitions)
    {
        Tables = [.. definitions.Select(definition => new DataverseTableSchema(definition))];
        byName = Tables.ToDictionary(table => table.LogicalName, StringComparer.Ordinal);
        bySet = Tables.ToDictionary(table => table.SetName, StringComparer.Ordinal);
        CheckTargets();
        CheckGlobalChoices();
        collections = Tables.SelectMany(Collections)
            .ToLookup(entry => entry.Owner, entry => entry.Collection, StringComparer.Ordinal);
        Model = EdmModelFactory.Create(
            Namespace, "System", [BaseShape, PrincipalShape, .. Tables.Select(Shape)], QueryFunctions.Shapes);
    }

    public IReadOnlyList<DataverseTableSchema> Tables { get; }

    public EdmModel Model { get; }

    /// <exception cref="ArgumentException">There is no such table.</exception>
    public DataverseTableSchema this[string table] => byName.TryGetValue(table, out var schema)
        ? schema
        : throw new ArgumentException($"There is no table '{table}'.", nameof(table));

    // The type from which all derive, so that the query functions are declared once.
    private static EntityShape BaseShape => new() { Name = Base, IsAbstract = true };

    private static EntityShape PrincipalShape => new()
    {
        Name = Principal,
        BaseName = Base,
        SetName = "principals",
        Key = [SystemColumns.Owner],
        Properties = [new(SystemColumns.Owner, EdmPrimitiveTypeKind.Guid, false)],
    };

    public bool TryGet(string table, [NotNullWhen(true)] out DataverseTableSchema? schema) =>
        byName.TryGetValue(table, out schema);

    public bool TryGetBySet(string set, [NotNullWhen(true)] out DataverseTableSchema? schema) =>
        bySet.TryGetValue(set, out schema);

    public IEnumerable<DataverseCollection> CollectionsOf(string table) => collections[table];

    public DataverseSchema With(DataverseTableDefinition definition) =>
        new([.. Tables.Select(table => table.Definition), definition]);

    /// <summary>Every lookup that may refer to rows of a table.</summary>
    public IEnumerable<(DataverseTableSchema Table, DataverseColumn Column, DataverseLookupTarget Target)> ReferencesTo(
        string table) =>
        from referring in Tables
        where !referring.Definition.IsVirtual
        from column in referring.Columns
        from target in column.Targets
        where target.Table == table
        select (referring, column, target);

    private static IEnumerable<(string Owner, DataverseCollection Collection)> Collections(
        DataverseTableSchema table) =>
        from navigation in table.LookupNavigations
        from target in navigation.Column.Targets
        where target.NavigationProperty == navigation.Name && target.Relationship is not null
        select (target.Table, new DataverseCollection(
            target.Relationship!, table.LogicalName, navigation.Column, navigation));

    private EntityShape Shape(DataverseTableSchema table) => new()
    {
        Name = table.LogicalName,
        SetName = table.SetName,
        BaseName = table.Definition.IsPrincipal ? Principal : Base,
        Key = table.Definition.IsPrincipal ? [] : [table.Key],
        Properties = [.. table.Columns.Select(
            column => new PropertyShape(
                column.PropertyName, DataverseTableSchema.KindOf(column), column.Name != table.Key))],
        Navigations =
        [
            .. table.LookupNavigations.Select(navigation => new NavigationShape(
                navigation.Name, navigation.Tables.Count > 1 ? Principal : navigation.Tables[0], IsCollection: false)),
            .. CollectionsOf(table.LogicalName)
                .Select(collection => new NavigationShape(collection.Name, collection.Table, IsCollection: true)),
        ],
        AlternateKeys = [.. table.Definition.AlternateKeys.Select(
            key => key.Columns.Select(column => table[column].PropertyName).ToArray())],
    };

    private void CheckGlobalChoices()
    {
        var conflict = Tables.SelectMany(table => table.Columns).Where(column => column.GlobalChoice is not null)
            .GroupBy(column => column.GlobalChoice!, StringComparer.Ordinal)
            .FirstOrDefault(
                group => group.Any(column => !column.Choices.Select(Member).SequenceEqual(group.First().Choices.Select(Member))));
        if (conflict is not null)
        {
            throw new ArgumentException($"The global choice '{conflict.Key}' has different members in two columns.");
        }

        static (int Value, string Label) Member(DataverseChoice choice) => (choice.Value, choice.Label);
    }

    private void CheckTargets()
    {
        foreach (var table in Tables)
        {
            foreach (var target in table.Columns.SelectMany(column => column.Targets))
            {
                if (!byName.ContainsKey(target.Table))
                {
                    throw new ArgumentException(
                        $"Table '{table.LogicalName}' has a lookup to '{target.Table}', which is no table.");
                }
            }
        }
    }
}
