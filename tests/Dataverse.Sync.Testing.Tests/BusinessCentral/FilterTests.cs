using System.Text.Json.Nodes;
using CsCheck;

namespace Dataverse.Sync.Testing.Tests.BusinessCentral;

public sealed class FilterTests
{
    [Theory]
    [InlineData("number eq 'c1'", "C1")]
    [InlineData("'C1' eq number", "C1")]
    [InlineData("number ne 'C1'", "C2,C3")]
    [InlineData("displayName gt 'b' and displayName lt 'o''neil'", "C3")]
    [InlineData("number eq 'C1' or number eq 'C3'", "C1,C3")]
    [InlineData("(number eq 'C1' or number eq 'C3') and creditLimit ge 10", "C3")]
    [InlineData("startswith(displayName,'O''N')", "C2")]
    [InlineData("endswith(displayName,'LTD')", "C3")]
    [InlineData("contains(displayName,'o ') eq true", "C3")]
    [InlineData("substring(displayName,1) eq '''neil'", "C2")]
    [InlineData("tolower(displayName) eq 'contoso ltd'", "C3")]
    [InlineData("toupper(displayName) eq 'X'", "")]
    [InlineData("displayName eq ''", "")]
    [InlineData("city eq ''", "C1,C2,C3")]
    [InlineData("creditLimit gt 10.5", "C3")]
    [InlineData("taxLiable eq true", "C2")]
    [InlineData("blocked eq '_x0020_'", "C1,C2")]
    [InlineData("blocked eq ' '", "C1,C2")]
    [InlineData("blocked ne '_x0020_'", "C3")]
    [InlineData("currencyId eq 00000000-0000-0000-0000-000000000000", "C1,C2,C3")]
    [InlineData("lastModifiedDateTime ge 2026-08-17T10:00:00Z", "C1,C2,C3")]
    [InlineData("lastModifiedDateTime gt 2026-08-17T12:00:00%2B02:00", "")]
    [InlineData("number eq null", "C1,C2,C3")]
    [InlineData("number ne null", "C1,C2,C3")]
    [InlineData("number eq null and creditLimit gt 10.5", "C3")]
    public async Task Filter_finds(string filter, string numbers)
    {
        await using var bc = await ThreeCustomersAsync();

        var answer = await bc.GetAsync($"customers?$select=number&$filter={filter}");

        answer.Status.Should().Be(200, answer.Text);
        string.Join(',', answer.Column("number")).Should().Be(numbers);
    }

    [Theory]
    [InlineData("number eq 'C1' or displayName eq 'x'")]
    [InlineData("(number eq 'C1' and city eq '') or number eq 'C2'")]
    [InlineData("number in ('C1','C2')")]
    [InlineData("not (number eq 'C1')")]
    [InlineData("tolower(toupper(number)) eq 'c1'")]
    [InlineData("length(number) eq 2")]
    [InlineData("number eq displayName")]
    [InlineData("creditLimit add 1 eq 2")]
    [InlineData("taxLiable")]
    [InlineData("currency/code eq 'EUR'")]
    public async Task Filter_beyond_the_grammar_is_501(string filter)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.GetAsync($"customers?$filter={filter}")).ShouldBeRefused(501, "BadRequest_MethodNotImplemented");
    }

    [Theory]
    [InlineData("number eq")]
    [InlineData("number eq 'C1")]
    [InlineData("number eq 5")]
    [InlineData("lastModifiedDateTime gt 'yesterday'")]
    [InlineData("number = 'C1'")]
    public async Task Malformed_filter_is_400(string filter)
    {
        await using var bc = await BusinessCentralFixture.StartAsync();

        (await bc.GetAsync($"customers?$filter={filter}")).ShouldBeRefused(400, "BadRequest");
    }

    [Fact]
    public async Task Newer_schema_version_allows_in_and_nested_functions()
    {
        await using var bc = await ThreeCustomersAsync();

        (await bc.GetAsync("customers?$schemaversion=2.1&$filter=number in ('C1','c3')")).Column("number").Should()
            .Equal("C1", "C3");
        (await bc.GetAsync("customers?$schemaversion=2.1&$filter=tolower(toupper(number)) eq 'c2'")).Column("number")
            .Should().Equal("C2");
    }

    [Fact]
    public async Task Doubtful_filters_follow_their_switches()
    {
        await using var bc = await BusinessCentralFixture.StartAsync(
            new() { FiltersEnums = false, FiltersPageVariables = false, SupportsNot = true });
        _ = bc.Customer("C1");

        (await bc.GetAsync("customers?$filter=blocked eq '_x0020_'")).ShouldBeRefused(400, "BadRequest");
        (await bc.GetAsync("customers?$filter=currencyCode eq 'GBP'")).ShouldBeRefused(400, "BadRequest");
        (await bc.GetAsync("customers?$filter=not (number eq 'C1')")).Rows.Should().BeEmpty();
    }

    [Fact]
    public async Task Every_text_is_found_by_its_quoted_literal()
    {
        await using var bc = await BusinessCentralFixture.StartAsync();
        var id = Guid.Parse((string)bc.Customer("C1")["id"]!);

        await Gen.String[Gen.Char[" !\"#$%&'()*+,-./:;<=>?@[]^_`{|}~aZ09éØ雪"], 1, 40].Where(
            text => text.Trim().Length > 0).SampleAsync(
            async text =>
            {
                _ = bc.Emulator.Table("customers").Update(id, new JsonObject { ["displayName"] = text });
                var literal = Uri.EscapeDataString($"'{text.Replace("'", "''", StringComparison.Ordinal)}'");
                var answer = await bc.GetAsync($"customers?$filter=displayName eq {literal}");
                return answer.Rows.Length == 1 && (string)answer.Rows[0]["displayName"]! == text;
            },
            iter: 100,
            threads: 1);
    }

    private static async Task<BusinessCentralFixture> ThreeCustomersAsync()
    {
        var bc = await BusinessCentralFixture.StartAsync();
        _ = bc.Customer("C1");
        _ = bc.Insert(
            "customers", new JsonObject { ["number"] = "C2", ["displayName"] = "O'Neil", ["taxLiable"] = true });
        _ = bc.Insert(
            "customers",
            new JsonObject
            {
                ["number"] = "C3",
                ["displayName"] = "Contoso Ltd",
                ["creditLimit"] = 20,
                ["blocked"] = "All",
            });
        return bc;
    }
}
