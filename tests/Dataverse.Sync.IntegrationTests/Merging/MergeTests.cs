using System.Text.Json.Nodes;
using QuickStart;

namespace Dataverse.Sync.IntegrationTests;

public sealed class MergeTests
{
    private const string Customer = StandardMappingNames.Customer;
    private const string NewPhone = "+44 1632 960111";
    private const string OtherPhone = "+44 1632 960222";

    [Fact]
    public async Task Edits_of_different_fields_on_both_sides_of_one_record_both_survive_I2()
    {
        await using var bench = await SynchronizedAsync();
        var pair = (await bench.PairsAsync(Customer))[0];
        var edits = new[] { pair.Edit(SyncSide.Local, FieldPair.Phone, NewPhone), pair.Edit(SyncSide.Integration, FieldPair.City, "Durham") };

        var job = await bench.Engine.SynchronizeTableAsync(Customer);

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        edits.Should().OnlyContain(edit => edit.HasArrived);
    }

    [Fact]
    public async Task Edits_of_one_field_on_both_sides_keep_both_values_and_record_one_conflict_I2()
    {
        await using var bench = await SynchronizedAsync();
        var (pair, conflict) = await ConflictAsync(bench);

        (await bench.Engine.SynchronizeTableAsync(Customer)).Counters.Modified.Should().Be(0);

        conflict.Fields.Should().Equal(new FieldConflict("phoneNumber>telephone1", FieldValue.Text(NewPhone), FieldValue.Text(OtherPhone)));
        pair.Read(SyncSide.Local, FieldPair.Phone).Should().Be(NewPhone);
        pair.Read(SyncSide.Integration, FieldPair.Phone).Should().Be(OtherPhone);
        (await bench.Engine.Issues.ListConflictsAsync(Customer).ToListAsync()).Should().ContainSingle().Which.Id.Should().Be(conflict.Id);
    }

    [Theory]
    [InlineData(SyncSide.Local, NewPhone)]
    [InlineData(SyncSide.Integration, OtherPhone)]
    public async Task Settled_conflict_gives_both_sides_the_winner_and_keeps_the_loser(SyncSide winner, string expected)
    {
        await using var bench = await SynchronizedAsync();
        var (pair, conflict) = await ConflictAsync(bench);

        (await bench.Engine.Issues.ResolveAsync(Customer, conflict.Id, winner)).Counters.Should().Be(new SyncCounters { Modified = 1 });

        pair.Read(SyncSide.Local, FieldPair.Phone).Should().Be(expected);
        pair.Read(SyncSide.Integration, FieldPair.Phone).Should().Be(expected);
        (await bench.Engine.Issues.ListConflictsAsync(Customer).ToListAsync()).Should().BeEmpty();
        var settled = (await bench.Engine.Issues.ListConflictsAsync(Customer, includeResolved: true).ToListAsync()).Should().ContainSingle(item => item.Id == conflict.Id).Which;
        settled.Fields.Should().ContainSingle().Which.Should().Match<FieldConflict>(field => field.Local.AsText() == NewPhone && field.Integration.AsText() == OtherPhone);
    }

    [Fact]
    public async Task One_way_field_follows_its_source_when_both_sides_changed_it()
    {
        await using var bench = await SynchronizedAsync();
        var pair = (await bench.PairsAsync(Customer)).First(item => IsInLocalCurrency(bench, item.Coupling.LocalId));
        _ = bench.Local("customers").Update(pair.Coupling.LocalId, new JsonObject { ["creditLimit"] = 4321 });
        _ = bench.Dataverse.Table("account").Update(pair.Coupling.IntegrationId, ("creditlimit", 1234m));

        var job = await bench.Engine.SynchronizeTableAsync(Customer);

        job.Counters.Should().Be(new SyncCounters { Modified = 1 });
        bench.Local("customers").Get(pair.Coupling.LocalId)!["creditLimit"]!.GetValue<decimal>().Should().Be(4321);
        bench.Dataverse.Table("account").Get(pair.Coupling.IntegrationId)["creditlimit"].Should().Be(4321m);
    }

    private static bool IsInLocalCurrency(TestBench bench, Guid customer) =>
        bench.Local("customers").Get(customer)!["currencyId"]!.GetValue<Guid>() == Guid.Empty;

    [Fact]
    public async Task One_way_mapping_follows_its_source_I1()
    {
        const string Salespeople = StandardMappingNames.Salespeople;
        await using var bench = await SynchronizedAsync();
        var pair = (await bench.PairsAsync(Salespeople))[0];
        _ = bench.Local("salespeoplePurchasers").Update(pair.Coupling.LocalId, new JsonObject { ["displayName"] = "Somebody" });
        _ = bench.Dataverse.Table("systemuser").Update(pair.Coupling.IntegrationId, ("mobilephone", NewPhone));

        await bench.Engine.SynchronizeTableAsync(Salespeople);
        bench.Local("salespeoplePurchasers").Get(pair.Coupling.LocalId)!["phoneNo"]!.ToString().Should().Be(NewPhone);
        await bench.Engine.SynchronizeFullAsync(Salespeople);

        bench.Local("salespeoplePurchasers").Get(pair.Coupling.LocalId)!["displayName"]!.ToString()
            .Should().Be((string)bench.Dataverse.Table("systemuser").Get(pair.Coupling.IntegrationId)["fullname"]!);
    }

    [Theory]
    [InlineData(SyncSide.Local)]
    [InlineData(SyncSide.Integration)]
    public async Task One_edit_causes_one_write_and_no_echo_I5(SyncSide edited)
    {
        await using var bench = await SynchronizedAsync();
        var edit = (await bench.PairsAsync(Customer))[0].Edit(edited, FieldPair.Phone, NewPhone);
        var before = bench.Writes;

        await bench.Engine.SynchronizeModifiedAsync();
        var afterOne = bench.Writes;
        await bench.Engine.SynchronizeModifiedAsync();

        edit.HasArrived.Should().BeTrue();
        (afterOne - before).Should().Be(edited == SyncSide.Local ? new Traffic(0, 1) : new Traffic(1, 0));
        (bench.Writes - afterOne).Total.Should().Be(0);
    }

    private static async Task<TestBench> SynchronizedAsync()
    {
        var bench = await TestBench.StartAsync(DataSet.Get("sample"));
        await bench.Engine.SynchronizeFullAsync();
        return bench;
    }

    private static async Task<(Pair Pair, RecordConflict Conflict)> ConflictAsync(TestBench bench)
    {
        var pair = (await bench.PairsAsync(Customer))[0];
        _ = pair.Edit(SyncSide.Local, FieldPair.Phone, NewPhone);
        _ = pair.Edit(SyncSide.Integration, FieldPair.Phone, OtherPhone);
        (await bench.Engine.SynchronizeTableAsync(Customer)).Counters.Should().Be(new SyncCounters { Conflicted = 1 });
        return (pair, (await bench.Engine.Issues.ListConflictsAsync(Customer).ToListAsync()).Should().ContainSingle().Which);
    }
}
