using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests;

public sealed class QueryParsingTests
{
    [Fact]
    public void Select_keeps_the_names_and_their_order() =>
        Pets.Parse(("$select", "weight,name")).Select.Should().Equal("weight", "name");

    [Fact]
    public void No_select_and_a_star_both_mean_everything()
    {
        Pets.Parse().Select.Should().BeNull();
        Pets.Parse(("$select", "*")).Select.Should().BeNull();
    }

    [Fact]
    public void Expand_carries_its_own_options()
    {
        var expand = Pets.Parse(
            ("$expand", "mother($select=name;$expand=children),children($filter=age gt 1;$top=2;$orderby=name)")).Expand;

        expand.Select(item => item.Navigation).Should().Equal("mother", "children");
        expand[0].Query.Select.Should().Equal("name");
        expand[0].Query.Expand.Should().ContainSingle().Which.Navigation.Should().Be("children");
        expand[1].Query.Top.Should().Be(2);
        expand[1].Query.Filter.Should().NotBeNull();
        expand[1].Query.OrderBy.Should().NotBeNull();
        expand[1].ReferenceOnly.Should().BeFalse();
        Pets.Parse(("$expand", "mother/$ref")).Expand.Should().ContainSingle().Which.ReferenceOnly.Should().BeTrue();
    }

    [Fact]
    public void Top_skip_and_count_are_read()
    {
        var query = Pets.Parse(("$top", "3"), ("$skip", "2"), ("$count", "true"));

        query.Should().BeEquivalentTo(new { Top = 3, Skip = 2, Count = true });
    }

    [Theory]
    [InlineData("$select", "nick", nameof(ODataQueryFault.UnknownProperty))]
    [InlineData("$orderby", "nick", nameof(ODataQueryFault.UnknownProperty))]
    [InlineData("$expand", "father", nameof(ODataQueryFault.UnknownProperty))]
    [InlineData("$top", "-1", nameof(ODataQueryFault.Syntax))]
    [InlineData("$filter", "weight eq 1e4001", nameof(ODataQueryFault.Syntax))]
    [InlineData("$count", "maybe", nameof(ODataQueryFault.Syntax))]
    [InlineData("$search", "x", nameof(ODataQueryFault.UnknownOption))]
    [InlineData("$Filter", "age eq 1", nameof(ODataQueryFault.UnknownOption))]
    public void A_bad_option_is_refused_with_its_reason(string name, string value, string fault) =>
        FluentActions.Invoking(() => Pets.Parse((name, value))).Should()
            .Throw<ODataQueryException>().Which.Fault.ToString().Should().Be(fault);

    [Fact]
    public void Options_of_a_url_are_decoded()
    {
        var options = QueryOptions.Parse("?$filter=name%20eq%20'a%2Bb%26c'&$select=a+b&tag");

        options.Should().Equal(
            new Dictionary<string, string> { ["$filter"] = "name eq 'a+b&c'", ["$select"] = "a b", ["tag"] = "" });
    }

    [Fact]
    public void An_option_given_twice_is_refused() =>
        FluentActions.Invoking(() => QueryOptions.Parse("$top=1&$top=2")).Should().Throw<ODataQueryException>();

    [Fact]
    public void Order_has_nulls_first_follows_all_its_parts_and_reverses()
    {
        Pet[] pets =
        [
            new() { Name = "b", Age = 1 },
            new() { Name = "A", Age = 1 },
            new() { Name = "c" },
            new() { Name = "D", Age = 2 },
        ];
        var order = RowOrder<Pet>.Compile(Pets.Parse(("$orderby", "age,name desc")), new Pets(), Pets.Dialect);

        pets.Order(order).Select(pet => pet.Name).Should().Equal("c", "b", "A", "D");
    }
}
