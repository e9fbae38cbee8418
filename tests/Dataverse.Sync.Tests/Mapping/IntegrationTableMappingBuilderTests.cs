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
    [Trait("parity", "BC-1.1-07")]
    [Trait("parity", "BC-1.1-11")]
    [Trait("parity", "BC-1.1-12")]
    [Trait("parity", "BC-1.1-13")]
    [Trait("parity", "BC-1.3-02")]
    public void Mapping_has_the_defaults_of_Business_Central()
    {
        var mapping = new IntegrationTableMappingBuilder("M").Between("a", "b").Field("name", "name").Build();

        mapping.Should().BeEquivalentTo(new
        {
            Direction = SyncDirection.Bidirectional,
            SynchronizesOnlyCoupledRecords = true,
            DeletionPolicy = DeletionPolicy.None,
            UpdateConflictPolicy = UpdateConflictPolicy.None,
        });
        mapping.Fields.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Direction = SyncDirection.Bidirectional, IsEnabled = true, SkipsBlank = false });
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
    [Trait("parity", "BC-1.3-11")]
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

    [Fact]
    public void Second_lookup_between_two_fields_replaces_the_first()
    {
        var mapping = new IntegrationTableMappingBuilder(CrmTables.Customer())
            .Lookup("salespersonCode", "ownerid", via: "TEAM", localKey: "name", field => field.ToIntegration())
            .Build();

        var field = mapping.Fields.Should().ContainSingle(item => item.IntegrationField == "ownerid").Subject;
        (field.Lookup!.Via[0], field.Lookup.LocalKey, field.Direction)
            .Should().Be(("TEAM", "name", SyncDirection.ToIntegrationTable));
    }

    [Fact]
    public void Second_constant_of_a_field_replaces_the_first_and_keeps_its_settings()
    {
        var mapping = new IntegrationTableMappingBuilder("M").Between("a", "b")
            .IntegrationConstant("type", FieldValue.Integer(1), field => field.OnInsertOnly())
            .IntegrationConstant("type", FieldValue.Integer(2))
            .LocalConstant("kind", FieldValue.Text("x"))
            .LocalConstant("kind", FieldValue.Text("y"))
            .Build();

        mapping.Fields.Select(field => field.Constant).Should().Equal(FieldValue.Integer(2), FieldValue.Text("y"));
        mapping.Fields[0].OnInsertOnly.Should().BeTrue();
    }

    [Fact]
    public void Field_configures_an_existing_lookup()
    {
        var mapping = new IntegrationTableMappingBuilder(CrmTables.Customer())
            .Field("salespersonCode", "ownerid", field => field.Disabled())
            .Build();

        var field = mapping.Fields.Should().ContainSingle(item => item.IntegrationField == "ownerid").Subject;
        (field.IsEnabled, field.Lookup is null).Should().Be((false, false));
    }

    [Fact]
    public void Field_named_again_is_enabled()
    {
        var mapping = new IntegrationTableMappingBuilder("M").Between("a", "b")
            .Field("name", "name", field => field.Disabled().SkipBlank())
            .Field("name", "name")
            .Build();

        mapping.Fields.Should().ContainSingle().Which.Should().BeEquivalentTo(new { IsEnabled = true, SkipsBlank = true });
    }

    [Fact]
    public void Lookup_on_an_existing_field_makes_it_a_lookup()
    {
        var mapping = new IntegrationTableMappingBuilder("M").Between("a", "b")
            .Field("code", "ownerid", field => field.SkipBlank())
            .Lookup("code", "ownerid", via: "USER")
            .Build();

        var field = mapping.Fields.Should().ContainSingle().Subject;
        (field.Lookup!.Via[0], field.SkipsBlank).Should().Be(("USER", true));
    }

    [Fact]
    public void Pair_of_match_fields_named_again_changes_its_case_sensitivity()
    {
        var mapping = new IntegrationTableMappingBuilder("M").Between("a", "b")
            .MatchOn("number", "number")
            .MatchOn("number", "number", caseSensitive: true)
            .Build();

        mapping.MatchGroups.Should().ContainSingle().Which.Fields.Should().ContainSingle()
            .Which.IsCaseSensitive.Should().BeTrue();
    }

    [Theory]
    [InlineData("lookup with a converter")]
    [InlineData("constant with a converter")]
    [InlineData("constant away from its side")]
    [InlineData("local constant away from its side")]
    public void Setting_that_would_have_no_effect_is_refused(string mistake)
    {
        var builder = new IntegrationTableMappingBuilder("M").Between("a", "b");
        var converter = new NoConverter();
        Action build = mistake switch
        {
            "lookup with a converter" => () => builder.Lookup(
                "code", "ownerid", via: "USER", localKey: null, field => field.Convert(converter)),
            "constant with a converter" => () => builder.IntegrationConstant(
                "type", FieldValue.Integer(1), field => field.Convert(converter)),
            "constant away from its side" => () => builder.IntegrationConstant(
                "type", FieldValue.Integer(1), field => field.FromIntegration()),
            _ => () => builder.LocalConstant("type", FieldValue.Integer(1), field => field.ToIntegration()),
        };

        build.Should().Throw<ArgumentException>().WithMessage("Field mapping '*': *");
    }

    [Fact]
    public async Task Field_that_never_travels_is_a_warning()
    {
        using var crm = new EngineFixture(mapping => mapping.Direction(SyncDirection.ToIntegrationTable));

        var report = await crm.Engine.ValidateAsync();

        report.Warnings.Should().ContainSingle().Which.Should().BeEquivalentTo(new
        {
            Mapping = "CUSTOMER",
            FieldMapping = new FieldMappingKey("website>websiteurl"),
        });
    }

    private sealed class NoConverter : IFieldConverter
    {
        public FieldValue ToIntegration(FieldValue local) => local;

        public FieldValue ToLocal(FieldValue integration) => integration;
    }
}
