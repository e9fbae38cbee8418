using System.Text.RegularExpressions;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.IntegrationTests.FieldCases;

/// <summary>Cases from the field, over HTTP and through one engine that keeps running.</summary>
public sealed partial class FieldCaseTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Phones_survive_a_column_that_is_secured_while_the_engine_runs(bool omitsColumns)
    {
        await using var bench = await FieldCaseBench.StartAsync(
            dataverse: new() { OmitsWithheldColumns = omitsColumns });
        var customers = Enumerable.Range(1, 30).Select(number => bench.Customer($"Customer {number}", $"+45 {number}")).ToList();
        _ = await bench.FullAsync();
        _ = await bench.ModifiedAsync();
        bench.Accounts.ChangeColumn("telephone1", column => column with { IsSecured = true });
        foreach (var account in bench.Accounts.Rows)
        {
            _ = bench.Accounts.Update(account.Id, ("name", $"{account["name"]} A/S"));
        }

        for (var run = 0; run < 2; run++)
        {
            try
            {
                _ = await bench.ModifiedAsync();
            }
            catch (ConnectorException failure)
            {
                failure.ContradictsSchema.Should().BeTrue();
            }
        }

        _ = await bench.FullAsync();

        customers.Should().OnlyContain(id => (string)bench.CustomerOf(id)["phoneNumber"]! != string.Empty);
    }

    [Fact]
    [Trait("parity", "BC-9-02")]
    public async Task Option_that_is_added_while_the_engine_runs_travels_in_the_next_run()
    {
        await using var bench = await FieldCaseBench.StartAsync(mapping => mapping.Field("city", "industrycode"));
        var customer = bench.Customer("Adatum");
        _ = await bench.FullAsync();
        bench.Accounts.ChangeColumn("industrycode", column => column with { Choices = [.. column.Choices, new(77, "Gold")] });
        _ = bench.Customers.Update(customer, new() { ["city"] = "Gold" });

        var job = await bench.ModifiedAsync();

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        bench.Accounts.Rows.Single()["industrycode"].Should().Be(77);
    }

    [Fact]
    public async Task Customer_whose_creation_was_carried_out_although_a_deadlock_was_answered_is_created_once_without_matching()
    {
        await using var bench = await FieldCaseBench.StartAsync();
        var account = bench.Accounts.Insert(("name", "Adatum"), ("telephone1", "7")).Id;
        bench.BusinessCentral.Faults.Add(EmulatorFault.BusinessCentralDeadlock(afterCommit: true)
            .On(target => target.Method == "POST" && target.PathAndQuery.Split('?')[0].EndsWith("customers", StringComparison.Ordinal)).InBatches());

        var first = await bench.ModifiedAsync();
        for (var run = 0; run < 3; run++)
        {
            _ = await bench.ModifiedAsync();
        }

        first.Counters.Failed.Should().Be(1);
        var customer = bench.Customers.Rows.Should().ContainSingle().Subject;
        ((string)customer["displayName"]!).Should().Be("Adatum");
        (await bench.Engine.Couplings.FindAsync("CUSTOMER", SyncSide.Integration, account)).Should().NotBeNull();
        bench.Accounts.Count.Should().Be(1);
    }

    [Theory]
    [InlineData("1e400")]
    [InlineData("\"###\"")]
    [InlineData("[]")]
    public async Task Value_that_cannot_be_read_fails_its_record_and_no_other(string value)
    {
        var isSpoiled = false;
        await using var bench = await FieldCaseBench.StartAsync(
            rewrite: body => isSpoiled ? Limits().Replace(body, $"\"creditLimit\":{value}") : body);
        var good = bench.Customer("Adatum", credit: 100);
        var bad = bench.Customer("Contoso", credit: 4711);
        _ = await bench.FullAsync();
        isSpoiled = true;
        foreach (var id in new[] { good, bad })
        {
            _ = bench.Customers.Update(id, new() { ["phoneNumber"] = "2" });
        }

        var modified = await bench.ModifiedAsync();
        var full = await bench.FullAsync();
        isSpoiled = false;
        var healed = await bench.FullAsync();

        (modified.Counters, full.Counters.Failed).Should().Be((new SyncCounters { Modified = 1, Failed = 1 }, 1));
        var error = (await bench.Engine.JobLog.ListErrorsAsync(modified.Id, default)).Should().ContainSingle().Subject;
        (error.Record, error.Error.Code, error.Error.Field).Should()
            .Be((new RecordKey(SyncSide.Local, bad), SyncErrorCodes.ValueNotConvertible, "creditLimit>creditlimit"));
        healed.Counters.Failed.Should().Be(0);
        bench.Accounts.Rows.Should().OnlyContain(row => (string?)row["telephone1"] == "2");
    }

    [GeneratedRegex("\"creditLimit\":4711(\\.0+)?(?=[,}])")]
    private static partial Regex Limits();
}
