using System.Net.Http.Json;
using System.Text.Json;
using Dataverse.Sync.Testing;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Query;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>One organization behind two protocols.</summary>
public sealed class WireTests
{
    private static readonly Guid Leader = new("00000000-0000-4000-8000-0000000000c1");

    [Fact]
    public async Task A_row_written_over_the_organization_service_is_the_one_written_over_the_Web_API()
    {
        await using var bench = await ServiceBench.StartAsync();
        AddThings(bench.Emulator);

        var ofService = await bench.Service.CreateAsync(Thing(), default);
        var ofWebApi = await PostAsync(bench.Emulator);

        Stored(bench, ofService).Should().BeEquivalentTo(Stored(bench, ofWebApi));
    }

    [Fact]
    public async Task A_row_reads_the_same_whichever_way_it_was_written()
    {
        await using var bench = await ServiceBench.StartAsync();
        AddThings(bench.Emulator);
        var (ofService, ofWebApi) = (await bench.Service.CreateAsync(Thing(), default), await PostAsync(bench.Emulator));

        var (first, second) = (await ReadAsync(bench, ofService), await ReadAsync(bench, ofWebApi));

        first.Should().BeEquivalentTo(second).And.BeEquivalentTo(Thing().Attributes.ToDictionary());
    }

    [Fact]
    public async Task Reads_leave_out_what_is_empty_and_name_what_is_referred_to()
    {
        await using var bench = await ServiceBench.StartAsync();
        var contact = bench.Emulator.Table("contact").Insert(("firstname", "Andy"), ("lastname", "Teal")).Id;
        var account = bench.Accounts.Insert(("name", "A"), ("primarycontactid", new DataverseReference("contact", contact)));

        var row = await bench.Service.RetrieveAsync(
            "account", account.Id, new ColumnSet("name", "accountnumber", "primarycontactid", "statecode", "createdon"), default);

        row.Attributes.Keys.Should().BeEquivalentTo("accountid", "name", "primarycontactid", "statecode", "createdon");
        row.GetAttributeValue<EntityReference>("primarycontactid").Name.Should().Be("Andy Teal");
        row.GetAttributeValue<DateTime>("createdon").Kind.Should().Be(DateTimeKind.Utc);
        row.FormattedValues["statecode"].Should().Be("Active");
        row.RowVersion.Should().Be($"{account.Version}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Money_brings_its_currency_along_where_the_service_does_so(bool adds)
    {
        await using var bench = await ServiceBench.StartAsync(new EmulatedServiceOptions { AddsCurrencyToMoney = adds });
        var account = bench.Accounts.Insert(("name", "A"), ("creditlimit", 5m)).Id;

        var row = await bench.Service.RetrieveAsync("account", account, new ColumnSet("creditlimit"), default);

        row["creditlimit"].Should().Be(new Money(5m));
        row.Contains("transactioncurrencyid").Should().Be(adds);
    }

    [Theory]
    [InlineData(DateTimeKind.Utc)]
    [InlineData(DateTimeKind.Unspecified)]
    public async Task A_date_without_a_time_is_the_midnight_of_the_kind_that_is_set(DateTimeKind kind)
    {
        await using var bench = await ServiceBench.StartAsync(new EmulatedServiceOptions { DateKind = kind });
        AddThings(bench.Emulator);
        var id = await bench.Service.CreateAsync(Thing(), default);

        var row = await bench.Service.RetrieveAsync("new_thing", id, new ColumnSet("new_begins"), default);

        var day = row.GetAttributeValue<DateTime>("new_begins");
        (day, day.Kind).Should().Be((new DateTime(2024, 2, 29), kind));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rows_without_optimistic_concurrency_have_a_version_or_none(bool omits)
    {
        await using var bench = await ServiceBench.StartAsync(new EmulatedServiceOptions { OmitsVersionsWithoutConcurrency = omits });
        bench.Accounts.OptimisticConcurrency = false;
        var account = bench.Accounts.Insert(("name", "A"));

        var row = await bench.Service.RetrieveAsync("account", account.Id, new ColumnSet("name"), default);

        row.RowVersion.Should().Be(omits ? null : $"{account.Version}");
    }

    private static Entity Thing() => ServiceBench.Row(
        "new_thing",
        Guid.Empty,
        ("new_name", "A"),
        ("new_count", 7),
        ("new_share", 0.1234m),
        ("new_latitude", 47.12345),
        ("new_price", new Money(12.5m)),
        ("new_open", true),
        ("new_kind", new OptionSetValue(2)),
        ("new_begins", new DateTime(2024, 2, 29, 0, 0, 0, DateTimeKind.Utc)),
        ("new_calledon", new DateTime(2026, 5, 6, 7, 8, 9, DateTimeKind.Utc)),
        ("new_reference", Leader),
        ("new_leader", new EntityReference("contact", Leader) { Name = "Teal" }));

    private static async Task<Guid> PostAsync(DataverseEmulator emulator)
    {
        var body = new Dictionary<string, object>
        {
            ["new_name"] = "A",
            ["new_count"] = 7,
            ["new_share"] = 0.1234m,
            ["new_latitude"] = 47.12345,
            ["new_price"] = 12.5m,
            ["new_open"] = true,
            ["new_kind"] = 2,
            ["new_begins"] = "2024-02-29",
            ["new_calledon"] = "2026-05-06T07:08:09Z",
            ["new_reference"] = Leader,
            ["new_Leader@odata.bind"] = $"contacts({Leader})",
        };
        using var client = new HttpClient { BaseAddress = emulator.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/data/v9.2/new_things") { Content = JsonContent.Create(body) };
        request.Headers.Add("Authorization", "Bearer token");
        request.Headers.Add("Prefer", "return=representation");
        using var response = await client.SendAsync(request);
        response.EnsureSuccessStatusCode();
        using var row = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return row.RootElement.GetProperty("new_thingid").GetGuid();
    }

    private static Dictionary<string, object?> Stored(ServiceBench bench, Guid id)
    {
        var row = bench.Emulator.Table("new_thing").Get(id);
        string[] columns = [.. Thing().Attributes.Keys, "statecode", "statuscode", "ownerid", "transactioncurrencyid", "new_price_base"];
        return columns.ToDictionary(column => column, column => row[column]);
    }

    private static async Task<Dictionary<string, object>> ReadAsync(ServiceBench bench, Guid id)
    {
        var columns = new ColumnSet([.. Thing().Attributes.Keys]);
        var row = await bench.Service.RetrieveAsync("new_thing", id, columns, default);
        _ = row.Attributes.Remove("new_thingid");
        _ = row.Attributes.Remove("transactioncurrencyid");
        return row.Attributes.ToDictionary();
    }

    private static void AddThings(DataverseEmulator emulator)
    {
        _ = emulator.Table("contact").Insert([("contactid", Leader), ("lastname", "Teal")]);
        _ = emulator.AddTable(new DataverseTableDefinition
        {
            LogicalName = "new_thing",
            SetName = "new_things",
            PrimaryName = "new_name",
            Columns =
            [
                DataverseColumn.Text("new_name", 100),
                DataverseColumn.WholeNumber("new_count"),
                DataverseColumn.Decimal("new_share", 4),
                DataverseColumn.Double("new_latitude", 5, -90, 90),
                DataverseColumn.Money("new_price"),
                DataverseColumn.Boolean("new_open"),
                DataverseColumn.Choice("new_kind", "small", "large"),
                DataverseColumn.Date("new_begins"),
                DataverseColumn.DateTime("new_calledon"),
                DataverseColumn.Guid("new_reference"),
                DataverseColumn.Lookup("new_leader", "contact", "new_Leader"),
            ],
        });
    }
}
