using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests.Mapping;

public sealed class IntegrationTableMappingBuilderTests
{
    private static readonly Dictionary<string, Action<IntegrationTableMappingBuilder>> Mistakes = new()
    {
        ["table"] = mapping => mapping.Between(" ", "account"),
        ["field"] = mapping => mapping.Field("name", ""),
        ["lookup"] = mapping => mapping.Lookup("code", "ownerid", (LookupMapping)null!),
        ["lookup of no field"] = mapping => mapping.Lookup("", "ownerid", new LookupMapping { Via = ["A"] }),
        ["lookup of no column"] = mapping => mapping.Lookup("code", null!, new LookupMapping { Via = ["A"] }),
        ["lookup through no mapping"] = mapping => mapping.Lookup("code", "ownerid", via: null!),
        ["integration constant"] = mapping => mapping.IntegrationConstant(null!, FieldValue.Integer(1)),
        ["local constant"] = mapping => mapping.LocalConstant("", FieldValue.Integer(1)),
        ["local match field"] = mapping => mapping.MatchOn(null!, "name"),
        ["integration match field"] = mapping => mapping.MatchOn("displayName", " "),
        ["constant used for matching"] = mapping => mapping.IntegrationConstant("type", default, field => field.UseForMatching()),
        ["dependencies"] = mapping => mapping.DependsOn((IReadOnlyList<string>)null!),
        ["dependency"] = mapping => mapping.DependsOn("A", null!),
        ["retry policy"] = mapping => mapping.Retry(null!),
        ["rule"] = mapping => mapping.AddRule(null!),
    };

    public static TheoryData<string> EveryMistake() => new(Mistakes.Keys);

    [Theory]
    [MemberData(nameof(EveryMistake))]
    public void Builder_refuses_an_argument_that_is_null_or_empty(string mistake)
    {
        var build = () => Mistakes[mistake](new IntegrationTableMappingBuilder("M").Between("a", "b"));

        build.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Builder_refuses_an_empty_name()
    {
        var build = () => new IntegrationTableMappingBuilder(" ");

        build.Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Builder_begins_with_a_mapping_and_changes_only_what_is_said()
    {
        var original = CrmTables.Customer(mapping =>
            mapping.MatchOn("displayName", "name", priority: 3).OnDeletion(DeletionPolicy.RestoreRecords));

        var changed = new IntegrationTableMappingBuilder(original)
            .Field("displayName", "name", field => field.SkipBlank())
            .OnUpdateConflict(UpdateConflictPolicy.NewestWins)
            .Build();

        changed.Should().BeEquivalentTo(original, options => options
            .Excluding(mapping => mapping.Fields)
            .Excluding(mapping => mapping.UpdateConflictPolicy));
        changed.Fields.Select(field => field.Key).Should().Equal(original.Fields.Select(field => field.Key));
        changed.Fields.Where(field => field.SkipsBlank)
            .Should().ContainSingle().Which.Key.Value.Should().Be("displayName>name");
        changed.UpdateConflictPolicy.Should().Be(UpdateConflictPolicy.NewestWins);
    }

    [Fact]
    public void Builder_orders_match_groups_by_priority()
    {
        var mapping = new IntegrationTableMappingBuilder("M").Between("a", "b")
            .MatchOn("email", "email", priority: 5, caseSensitive: true)
            .MatchOn("number", "number")
            .MatchOn("city", "city", priority: 5)
            .Build();

        mapping.MatchGroups.Select(group =>
            string.Join(',', group.Fields.Select(field => $"{field.LocalField}:{field.IsCaseSensitive}")))
            .Should().Equal("number:False", "email:True,city:False");
    }
}
