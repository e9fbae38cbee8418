using Dataverse.Sync.Testing;
using Dataverse.Sync.Tests.Fixture;

namespace Dataverse.Sync.Tests;

/// <summary>The codes of salespeople that are created from users.</summary>
public sealed class SalespersonCodeRuleTests : IDisposable
{
    private readonly StandardFixture standard = new();

    public void Dispose() => standard.Dispose();

    [Fact]
    public async Task First_salesperson_gets_the_first_code()
    {
        _ = standard.AddUser("Jim Olive");

        _ = await standard.FullAsync("SALESPEOPLE");

        Codes().Should().Equal("SP NO. 00001");
    }

    [Fact]
    public async Task Next_salespeople_get_the_codes_after_the_greatest()
    {
        foreach (var code in new[] { "SP NO. 00007", "SP NO. 00012", "SP NO. X0099", "SP NO. ", "JO", "99999" })
        {
            _ = standard.Local["salespeoplePurchasers"].Insert(("code", code));
        }

        _ = standard.AddUser("Jim Olive");
        _ = standard.AddUser("Otis Falls");
        await standard.Engine.ValidateAsync();
        standard.Local.ResetCounters();

        _ = await standard.FullAsync("SALESPEOPLE");

        Codes().Should().Contain(["SP NO. 00013", "SP NO. 00014"]).And.HaveCount(8);
        standard.Local.Calls[InMemoryOperation.Find]
            .Should().BeLessThanOrEqualTo(2, "codes are read once a run, beside the search for partners");
    }

    [Fact]
    public async Task Later_run_goes_on_where_the_earlier_one_ended()
    {
        _ = standard.AddUser("Jim Olive");
        _ = await standard.FullAsync("SALESPEOPLE");
        _ = standard.AddUser("Otis Falls");

        _ = await standard.FullAsync("SALESPEOPLE");

        Codes().Should().BeEquivalentTo("SP NO. 00001", "SP NO. 00002");
    }

    [Fact]
    public async Task Salesperson_keeps_a_code_that_a_field_mapping_writes()
    {
        standard.Engine.Mappings.Change(
            "SALESPEOPLE",
            mapping => mapping.Field("code", "employeeid", field => field.FromIntegration()));
        var user = standard.AddUser("Jim Olive");
        _ = standard.Integration["systemuser"].Update(user, ("employeeid", "JO"));

        _ = await standard.FullAsync("SALESPEOPLE");

        Codes().Should().Equal("JO");
    }

    [Fact]
    public async Task Salesperson_that_exists_keeps_its_code()
    {
        _ = standard.Local["salespeoplePurchasers"].Insert(("code", "JO"), ("email", "Jim.Olive@contoso.com"));
        _ = standard.AddUser("Jim Olive");

        _ = await standard.FullAsync("SALESPEOPLE");

        Codes().Should().Equal("JO");
    }

    private IEnumerable<string> Codes() =>
        standard.Local["salespeoplePurchasers"].Records.Select(record => record["code"].AsText());
}
