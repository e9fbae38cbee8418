using System.Text.Json.Nodes;

namespace Dataverse.Sync.IntegrationTests;

/// <summary>The payment terms and shipment methods of the standard mappings, over both services.</summary>
public sealed class PaymentTermsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Code_with_a_label_travels_both_ways_and_others_are_left_out(bool usesOrganizationService)
    {
        await using var bench = await TestBench.StartAsync(
            DataSet.Largest, new() { UsesOrganizationService = usesOrganizationService });
        var (thirty, sixty) = (Insert("paymentTerms", "NET 30"), Insert("paymentTerms", "NET 60"));
        var (odd, free) = (Insert("paymentTerms", "ODD 8"), Insert("shipmentMethods", "NO CHARGE"));
        var customer = IdOf(bench.Local("customers").Insert(new()
        {
            ["displayName"] = "Adatum Corporation",
            ["paymentTermsId"] = thirty,
            ["shipmentMethodId"] = free,
        }));
        _ = bench.Local("customers").Insert(new() { ["displayName"] = "Odd Corporation", ["paymentTermsId"] = odd });

        var jobs = await bench.Engine.SynchronizeFullAsync();

        var account = (await bench.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Local, customer))!.IntegrationId;
        var row = bench.Dataverse.Table("account").Get(account);
        (row["paymenttermscode"], row["address1_freighttermscode"]).Should().Be((1, 2));
        var errors = await bench.Engine.JobLog.ListErrorsAsync(
            jobs.Single(job => job.Key.Mapping == "CUSTOMER").Id, CancellationToken.None);
        errors.Where(error => error.Error.Code == SyncErrorCodes.FieldLeftOut && error.Error.Message.Contains("'ODD 8'"))
            .Should().ContainSingle();

        _ = bench.Dataverse.Table("account").Update(account, ("paymenttermscode", 4));
        bench.Clock.Advance(TimeSpan.FromMinutes(15));
        _ = await bench.Engine.SynchronizeModifiedAsync();
        bench.Local("customers").Get(customer)!["paymentTermsId"]!.GetValue<string>().Should().Be($"{sixty}");

        Guid Insert(string table, string code) => IdOf(bench.Local(table).Insert(new() { ["code"] = code }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Missing_option_is_added_to_the_choice_column_on_request(bool usesOrganizationService)
    {
        await using var bench = await TestBench.StartAsync(
            DataSet.Largest, new() { UsesOrganizationService = usesOrganizationService });
        var odd = IdOf(bench.Local("paymentTerms").Insert(new() { ["code"] = "ODD & 8" }));
        var customer = IdOf(bench.Local("customers").Insert(
            new() { ["displayName"] = "Odd Corporation", ["paymentTermsId"] = odd }));
        _ = await bench.Engine.SynchronizeFullAsync();
        var account = (await bench.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Local, customer))!.IntegrationId;
        bench.Dataverse.Table("account").Get(account)["paymenttermscode"].Should().BeNull();

        var missing = await bench.Engine.Choices.ListMissingAsync("CUSTOMER");
        var added = await bench.Engine.Choices.AddAsync("CUSTOMER", missing.Where(option => option.Label == "ODD & 8"));

        added.Should().ContainSingle().Which.Side.Should().Be(SyncSide.Integration);
        (await bench.Engine.Choices.ListMissingAsync("CUSTOMER")).Should().NotContain(option => option.Label == "ODD & 8");
        bench.Clock.Advance(TimeSpan.FromMinutes(15));
        _ = await bench.Engine.SynchronizeFullAsync("CUSTOMER");
        bench.Dataverse.Table("account").Get(account)["paymenttermscode"].Should().Be(100_000_000);
    }

    private static Guid IdOf(JsonObject row) => Guid.Parse(row["id"]!.ToString());
}
