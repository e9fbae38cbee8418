using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests;

public sealed class FilterEvaluationTests
{
    private static readonly Pet Rex = new()
    {
        Id = Guid.Parse("10620ef5-3b72-56af-981e-044d812e544a"),
        Name = "Rex O'Hara",
        Age = 7,
        Weight = 12.5000m,
        Speed = 0.1,
        Tame = true,
        SeenOn = new DateTimeOffset(2026, 4, 1, 10, 0, 0, TimeSpan.Zero),
        Born = new DateOnly(2019, 5, 31),
        Mother = new Pet { Name = "Laika" },
        Children = [new Pet { Name = "Ace", Age = 1 }, new Pet { Name = "Bo", Age = 2 }],
    };

    [Theory]
    [InlineData("name eq 'REX o''hara'")]
    [InlineData("name gt 'a' and name lt 'z'")]
    [InlineData("id eq 10620EF5-3B72-56AF-981E-044D812E544A")]
    [InlineData("age ge 7 and age le 7.0")]
    [InlineData("weight eq 12.5")]
    [InlineData("speed eq 0.1")]
    [InlineData("tame eq true and tame")]
    [InlineData("seenOn eq 2026-04-01T12:00:00+02:00")]
    [InlineData("seenOn gt 2026-04-01")]
    [InlineData("born eq 2019-05-31")]
    [InlineData("not (name eq 'x') or age eq 1")]
    [InlineData("contains(name,'x o') and startswith(name,'rex') and endswith(name,'ARA')")]
    [InlineData("name in ('x','rex o''hara')")]
    [InlineData("mother/name eq 'laika'")]
    [InlineData("mother/mother eq null")]
    [InlineData("children/any(c:c/age eq 2 and c/name eq 'bo')")]
    [InlineData("children/all(c:c/age lt 3)")]
    [InlineData("children/any(c:c/age lt age)")]
    [InlineData("mother/children/all(c:c/age eq 99)")]
    [InlineData("Zoo.OlderThan(Years=6)")]
    [InlineData("length(name) eq 10 and tolower(name) eq 'rex o''hara' and year(seenOn) eq 2026 and day(born) eq 31")]
    [InlineData("substring(name,0,3) eq 'Rex' and indexof(name,'O') eq 4 and round(weight) eq 13")]
    public void A_filter_that_is_true_of_the_row_matches(string filter) => Pets.Matches(Rex, filter).Should().BeTrue();

    [Theory]
    [InlineData("name eq 'Rex'")]
    [InlineData("age gt 7")]
    [InlineData("not (age eq 7)")]
    [InlineData("contains(name,'%')")]
    [InlineData("mother/age gt 0")]
    [InlineData("mother/mother/name eq 'x'")]
    [InlineData("children/any(c:c/age eq 3)")]
    [InlineData("Zoo.OlderThan(Years=7)")]
    public void A_filter_that_is_not_true_of_the_row_does_not_match(string filter) =>
    Pets.Matches(Rex, filter).Should().BeFalse();

    [Theory]
    [InlineData("name eq null", true)]
    [InlineData("name ne 'x'", true)]
    [InlineData("age gt 0", false)]
    [InlineData("age le 0", false)]
    [InlineData("not (age gt 0)", true)]
    [InlineData("contains(name,'')", false)]
    [InlineData("born lt 2030-01-01", false)]
    public void Null_is_equal_to_null_only_and_has_no_order(string filter, bool expected) =>
        Pets.Matches(new Pet(), filter).Should().Be(expected);

    [Theory]
    [InlineData("nick eq 'x'", nameof(ODataQueryFault.UnknownProperty))]
    [InlineData("Name eq 'x'", nameof(ODataQueryFault.UnknownProperty))]
    [InlineData("name eq", nameof(ODataQueryFault.Syntax))]
    [InlineData("id eq 'text'", nameof(ODataQueryFault.Syntax))]
    [InlineData("age add 1 eq 2", nameof(ODataQueryFault.NotSupported))]
    [InlineData("hour(seenOn) eq 1", nameof(ODataQueryFault.NotSupported))]
    [InlineData("name in ('x')", nameof(ODataQueryFault.NotSupported))]
    public void A_filter_outside_the_dialect_is_refused_with_its_reason(string filter, string fault)
    {
        var dialect = Pets.Dialect with
        {
            AllowIn = false,
            Functions = ScalarFunctions.Only("contains", "startswith", "endswith"),
        };

        FluentActions.Invoking(() => Pets.Compile(filter, dialect)).Should()
            .Throw<ODataQueryException>().Which.Fault.ToString().Should().Be(fault);
    }

    [Fact]
    public void Parameter_aliases_stand_for_their_values()
    {
        var query = Pets.Parse(("$filter", "name eq @p1 and age gt @p2"), ("@p1", "'rex o''hara'"), ("@p2", "3"));

        RowFilter<Pet>.Compile(query, new Pets(), Pets.Dialect)!.Matches(Rex).Should().BeTrue();
    }

    [Fact]
    public void Conditions_are_counted_and_a_long_chain_is_no_problem()
    {
        var filter = string.Join(" or ", Enumerable.Range(0, 700).Select(n => $"age eq {n}"));

        var compiled = Pets.Compile(filter);

        compiled.Conditions.Should().Be(700);
        compiled.Matches(Rex).Should().BeTrue();
    }

    [Fact]
    public void A_chain_longer_than_the_parser_follows_is_too_complex()
    {
        var filter = string.Join(" or ", Enumerable.Range(0, 1200).Select(n => $"age eq {n}"));

        FluentActions.Invoking(() => Pets.Compile(filter)).Should().Throw<ODataQueryException>().Which.Fault.Should()
            .Be(ODataQueryFault.TooComplex);
    }
}
