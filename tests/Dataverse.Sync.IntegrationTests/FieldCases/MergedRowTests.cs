using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.IntegrationTests.FieldCases;

/// <summary>Accounts that a user merged, over HTTP.</summary>
public sealed class MergedRowTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Coupling_follows_a_merge_and_a_plain_deactivation_stays(bool tracksChanges)
    {
        await using var bench = await FieldCaseBench.StartAsync(mapping => mapping
            .IntegrationFilter(RecordFilter.Equal("statecode", FieldValue.Integer(0))));
        bench.Accounts.ChangeTracking = tracksChanges;
        var (merged, inactive) = (bench.Customer("Adatum"), bench.Customer("Trey"));
        _ = await bench.FullAsync();
        _ = await bench.ModifiedAsync();
        var loser = (await bench.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Local, merged))!.IntegrationId;
        var other = (await bench.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Local, inactive))!.IntegrationId;
        var survivor = bench.Accounts.Insert(("name", "Adatum Corporation")).Id;
        var contact = bench.Dataverse.Table("contact").Insert(
            ("lastname", "Berg"), ("parentcustomerid", new Testing.DataverseReference("account", loser))).Id;
        await MergeAsync(bench, loser, survivor);
        _ = bench.Accounts.Update(other, ("statecode", 1));

        var job = await bench.ModifiedAsync();

        (await bench.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Local, merged))!.IntegrationId.Should().Be(survivor);
        (await bench.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Local, inactive))!.IntegrationId.Should().Be(other);
        ((string)bench.CustomerOf(merged)["displayName"]!).Should().Be("Adatum Corporation");
        bench.Accounts.Get(survivor)["telephone1"].Should().Be("1");
        bench.Accounts.Get(loser)["statecode"].Should().Be(1);
        bench.Dataverse.Table("contact").Get(contact)["parentcustomerid"]
            .Should().Be(new Testing.DataverseReference("account", survivor));
        (bench.Customers.Rows.Count, job.Counters.Failed).Should().Be((2, 0));
        var version = bench.Dataverse.LastVersion;
        _ = await bench.ModifiedAsync();
        _ = await bench.FullAsync();
        bench.Dataverse.LastVersion.Should().Be(version);
    }

    private static async Task MergeAsync(FieldCaseBench bench, Guid subordinate, Guid target)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "token");
        var response = await client.PostAsJsonAsync(new Uri(bench.Dataverse.BaseAddress, "api/data/v9.2/Merge"), new JsonObject
        {
            ["Target"] = Account(target),
            ["Subordinate"] = Account(subordinate),
            ["UpdateContent"] = new JsonObject { ["@odata.type"] = "Microsoft.Dynamics.CRM.account" },
            ["PerformParentingChecks"] = false,
        });
        _ = response.EnsureSuccessStatusCode();
    }

    private static JsonObject Account(Guid id) =>
        new() { ["@odata.type"] = "Microsoft.Dynamics.CRM.account", ["accountid"] = id };
}
