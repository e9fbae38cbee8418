using Dataverse.Sync.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>The ways in which stamps deceive.</summary>
public sealed class FeedTests
{
    [Fact]
    public async Task A_transaction_that_commits_late_with_an_older_stamp_is_found()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var late = fixture.Emulator.Table("customers").BeginInsert(EmulatorFixture.Row("LATE"));
        fixture.Clock.Advance(TimeSpan.FromMinutes(9));
        _ = fixture.AddCustomer("EARLY");
        var checkpoint = (await fixture.ReadChangesAsync())[^1].Checkpoint;

        _ = late.Commit();

        Numbers(await fixture.ReadChangesAsync(checkpoint)).Should().Contain("LATE");
    }

    [Fact]
    public async Task Servers_whose_clocks_differ_lose_nothing()
    {
        await using var fixture = await EmulatorFixture.StartAsync(new() { ServerClockSkews = [TimeSpan.Zero, TimeSpan.FromMinutes(-2), TimeSpan.FromMinutes(2)] });
        Checkpoint? checkpoint = null;
        for (var number = 0; number < 12; number++)
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(20));
            _ = fixture.AddCustomer($"C{number}");
            var pages = await fixture.ReadChangesAsync(checkpoint);
            Numbers(pages).Should().Contain($"C{number}");
            checkpoint = pages[^1].Checkpoint;
        }
    }

    [Fact]
    public async Task Rows_that_share_a_stamp_all_come_whatever_the_page()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.ForcedStamp = fixture.Clock.GetUtcNow();
        for (var number = 0; number < 25; number++)
        {
            _ = fixture.AddCustomer($"C{number}");
        }

        var checkpoint = (await fixture.ReadChangesAsync(pageSize: 4))[^1].Checkpoint;
        _ = fixture.AddCustomer("SAME");

        Numbers(await fixture.ReadChangesAsync(checkpoint, pageSize: 4)).Should().HaveCount(26).And.Contain("SAME");
    }

    [Fact]
    public async Task An_old_row_of_a_replica_is_never_read()
    {
        await using var fixture = await EmulatorFixture.StartAsync(new() { ReplicaLag = TimeSpan.FromSeconds(30) });
        _ = fixture.AddCustomer("OLD");
        fixture.Clock.Advance(TimeSpan.FromMinutes(5));
        _ = fixture.AddCustomer("NEW");

        var pages = await fixture.ReadChangesAsync();

        Numbers(pages).Should().BeEquivalentTo("OLD", "NEW");
    }

    [Fact]
    public async Task A_record_renamed_between_two_pages_is_in_the_whole_table()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var ids = Enumerable.Range(1, 30).Select(number => fixture.AddCustomer($"C{number:D2}")).ToList();
        var seen = new List<Guid>();

        await foreach (var page in fixture.Connector.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["number"], PageSize = 5 }, default))
        {
            seen.AddRange(page.Records.Select(record => record.Id));
            _ = fixture.Emulator.Table("customers").Update(ids.Except(seen).DefaultIfEmpty(seen[0]).Last(), new() { ["number"] = $"A{seen.Count}" });
        }

        seen.Should().Contain(ids);
    }

    [Fact]
    public async Task An_idle_feed_is_one_request_and_delivers_nothing_old()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = fixture.AddCustomer("OLD");
        fixture.Clock.Advance(TimeSpan.FromHours(1));
        _ = fixture.AddCustomer("NEW");
        var checkpoint = (await fixture.ReadChangesAsync())[^1].Checkpoint;
        fixture.Emulator.Requests.Reset();

        Numbers(await fixture.ReadChangesAsync(checkpoint)).Should().Equal("NEW");

        fixture.Emulator.Requests.RequestCount.Should().Be(1);
    }

    [Fact]
    public async Task Contacts_of_customers_and_vendors_are_read_in_two_requests()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var customer = fixture.AddCustomer("C1");
        _ = fixture.Emulator.Table("vendors").Insert(EmulatorFixture.Row("V1"));
        _ = await fixture.Connector.GetSchemaAsync("contactsInformation", default);
        fixture.Emulator.Requests.Reset();
        var query = new FieldQuery { Table = "contactsInformation", Fields = ["contactNumber", "contactType", "relatedId", "relatedType"], Field = "contactNumber" };

        var all = await fixture.Connector.FindAsync(query, default);
        var requests = fixture.Emulator.Requests.RequestCount;
        var one = await fixture.Connector.FindAsync(query with { Field = "relatedId", Values = [FieldValue.Identifier(customer)] }, default);

        all.Select(row => (row["relatedType"].AsText(), row["contactType"].AsText())).Should().BeEquivalentTo([("Customer", "Company"), ("Vendor", "Company")]);
        requests.Should().Be(2);
        one.Should().ContainSingle().Which["relatedId"].Should().Be(FieldValue.Identifier(customer));
    }

    [Fact]
    public async Task A_thousand_ids_are_one_request()
    {
        await using var fixture = await EmulatorFixture.StartAsync(new() { CreateContactsForBusinessRelations = false });
        var ids = Enumerable.Range(0, 1_000).Select(number => fixture.AddCustomer($"C{number:D4}")).ToList();
        _ = await fixture.Connector.GetSchemaAsync("customers", default);
        fixture.Emulator.Requests.Reset();

        var records = await fixture.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = ["number"], Ids = ids }, default);

        records.Should().HaveCount(1_000);
        fixture.Emulator.Requests.RequestCount.Should().Be(1);
    }

    private static IEnumerable<string> Numbers(IEnumerable<ChangePage> pages) => pages.SelectMany(page => page.Records).Select(record => record["number"].AsText());
}
