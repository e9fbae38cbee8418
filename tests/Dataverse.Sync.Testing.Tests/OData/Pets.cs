using Dataverse.Sync.Testing.Emulation;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>A small table, neither cloud's, to try queries on.</summary>
internal sealed record Pet
{
    public Guid Id { get; init; }

    public string? Name { get; init; }

    public int? Age { get; init; }

    public decimal? Weight { get; init; }

    public double? Speed { get; init; }

    public bool? Tame { get; init; }

    public DateTimeOffset? SeenOn { get; init; }

    public DateOnly? Born { get; init; }

    public Pet? Mother { get; init; }

    public IReadOnlyList<Pet> Children { get; init; } = [];
}

internal sealed class Pets : IRowAccessor<Pet>
{
    public static EdmModel Model { get; } = EdmModelFactory.Create(
        "Zoo",
        "Container",
        [
            new EntityShape
            {
                Name = "pet",
                SetName = "pets",
                Key = ["id"],
                Properties =
                [
                    new("id", EdmPrimitiveTypeKind.Guid, false),
                    new("name", EdmPrimitiveTypeKind.String),
                    new("age", EdmPrimitiveTypeKind.Int32),
                    new("weight", EdmPrimitiveTypeKind.Decimal),
                    new("speed", EdmPrimitiveTypeKind.Double),
                    new("tame", EdmPrimitiveTypeKind.Boolean),
                    new("seenOn", EdmPrimitiveTypeKind.DateTimeOffset),
                    new("born", EdmPrimitiveTypeKind.Date),
                ],
                Navigations = [new("mother", "pet", false), new("children", "pet", true)],
            },
        ],
        [new RowFunctionShape("OlderThan", [new("Years", EdmPrimitiveTypeKind.Int32)])]);

    public static QueryDialect Dialect { get; } = new()
    {
        RowFunctions = new Dictionary<string, RowFunction>
        {
            ["Zoo.OlderThan"] = (_, arguments) => value => value("age") is int age && age > (int)arguments["Years"]!,
        },
    };

    public static IReadOnlyList<Pet> Find(IEnumerable<Pet> pets, string filter, QueryDialect? dialect = null) =>
        [.. pets.Where(Compile(filter, dialect).Matches)];

    public static bool Matches(Pet pet, string filter, QueryDialect? dialect = null) =>
        Compile(filter, dialect).Matches(pet);

    public static RowFilter<Pet> Compile(string filter, QueryDialect? dialect = null) =>
        RowFilter<Pet>.Compile(Parse(("$filter", filter)), new Pets(), dialect ?? Dialect)!;

    public static ODataQuery Parse(params (string Name, string Value)[] options) =>
        new ODataQueryParser(Model).Parse("pets", options.ToDictionary(option => option.Name, option => option.Value));

    public object? Value(Pet row, string property) => property switch
    {
        "id" => row.Id,
        "name" => row.Name,
        "age" => row.Age,
        "weight" => row.Weight,
        "speed" => row.Speed,
        "tame" => row.Tame,
        "seenOn" => row.SeenOn,
        "born" => row.Born,
        _ => throw new ArgumentOutOfRangeException(nameof(property)),
    };

    public Pet? Related(Pet row, string navigation) => row.Mother;

    public IEnumerable<Pet> RelatedRows(Pet row, string navigation) => row.Children;
}
