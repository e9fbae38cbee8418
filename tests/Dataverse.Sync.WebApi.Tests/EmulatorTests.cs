using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;
using static Dataverse.Sync.WebApi.Tests.WriteRequestTests;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>The connector against the emulator: faults of the network, and what the conformance suite does not know of.</summary>
public sealed class EmulatorTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-000000000001");

    public static TheoryData<string, EmulatorFault> Faults => new()
    {
        { "throttled", EmulatorFault.TooManyRequests(TimeSpan.Zero).Times(2) },
        { "throttled without a word", EmulatorFault.TooManyRequests().Times(2) },
        { "unavailable", EmulatorFault.ServiceUnavailable().Times(2) },
        { "unavailable after the work", EmulatorFault.Refusal(503, afterCommit: true).Times(2) },
        { "token refused", EmulatorFault.Unauthorized() },
        { "gateway timeout after the work", EmulatorFault.GatewayTimeout().Times(2) },
        { "gateway timeout before the work", EmulatorFault.GatewayTimeout(afterCommit: false).Times(2) },
        { "gateway page", EmulatorFault.HtmlError().Times(2) },
        { "gateway page after the work", EmulatorFault.HtmlError(afterCommit: true).Times(2) },
        { "cut before the work", EmulatorFault.ConnectionCut(afterCommit: false).Times(2) },
        { "cut after the work", EmulatorFault.ConnectionCut(afterCommit: true).Times(2) },
        { "half an answer", EmulatorFault.TruncatedBody().Times(2) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Writes_under_a_fault_are_done_once_and_known_to_be(string name, EmulatorFault fault)
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        var accounts = system.Emulator.Table("account");
        var (changed, deleted) = (accounts.Insert([("name", "old")]), accounts.Insert([("name", "old")]));
        _ = await system.Connector.GetSchemaAsync("account", default);
        system.Emulator.Faults.Add(fault.On(request => request.IsWrite));

        var results = await system.Connector.WriteAsync(new WriteBatch("account",
        [
            .. Enumerable.Range(0, 5).Select(_ => Insert(Guid.NewGuid(), ("name", FieldValue.Text("new")))),
            Update(changed.Id, $"W/\"{changed.Version}\"", ("name", FieldValue.Text("new"))),
            new WriteOperation { Kind = WriteKind.Delete, Id = deleted.Id, ExpectedVersion = $"W/\"{deleted.Version}\"" },
        ]), default);

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied, name);
        accounts.Rows.Should().HaveCount(6).And.OnlyContain(row => Equals(row["name"], "new"));
        system.Emulator.Faults.IsPending.Should().BeFalse();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Reads_under_a_fault_are_repeated_or_fail_but_never_tell_less(string name, EmulatorFault fault)
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account, configure: options => options.PageSize = 2);
        for (var number = 0; number < 5; number++)
        {
            _ = system.Emulator.Table("account").Insert([("name", "A")]);
        }

        _ = await system.Connector.GetSchemaAsync("account", default);
        system.Emulator.Faults.Add(fault.After(1).Times(1));
        var keys = new List<Guid>();

        try
        {
            await foreach (var page in system.Connector.ReadKeysAsync("account", default))
            {
                keys.AddRange(page.Select(key => key.Id));
            }

            keys.Should().HaveCount(5, name);
        }
        catch (ConnectorException failure)
        {
            (failure.IsTransient || failure.Failure == ConnectorFailure.MalformedAnswer).Should().BeTrue(name);
        }

        system.Emulator.Faults.StruckCount.Should().Be(1);
    }

    [Fact]
    public async Task A_full_name_comes_back_as_it_was_written()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        const string name = "Maximiliane-Theodora Aurelia Wilhelmina Freifrau von Hohenstein-Westernhagen-Donaudampfschifffahrtsg";

        var results = await system.Connector.WriteAsync(new WriteBatch("contact", [Insert(One, ("fullname", FieldValue.Text(name)))]), default);

        results[0].Status.Should().Be(WriteStatus.Applied);
        (await ReadAsync(system, "contact", "fullname"))[0].AsText().Should().Be(name);
    }

    [Fact]
    public async Task A_full_name_is_left_alone_where_the_organization_puts_the_last_name_first()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        _ = system.Emulator.Table("organization").Update(system.Emulator.OrganizationId, [("fullnameconventioncode", 0)]);

        var results = await system.Connector.WriteAsync(new WriteBatch("contact", [Insert(One, ("fullname", FieldValue.Text("Andy Teal")))]), default);

        results[0].Should().BeEquivalentTo(new { Status = WriteStatus.Rejected, Error = new { Field = "fullname" } });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_inactive_record_is_created_changed_and_stays_inactive(bool refusesChanges)
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account, options => options with { RejectChangesOfInactiveRows = refusesChanges });

        var created = await system.Connector.WriteAsync(new WriteBatch("account", [Insert(One, ("name", FieldValue.Text("old")), ("statecode", FieldValue.Integer(1)))]), default);
        var changed = await system.Connector.WriteAsync(new WriteBatch("account", [Update(One, null, ("name", FieldValue.Text("new")))]), default);

        (created[0].Status, changed[0].Status).Should().Be((WriteStatus.Applied, WriteStatus.Applied));
        var values = await ReadAsync(system, "account", "name", "statecode", "statuscode");
        (values[0].AsText(), values[1].AsInteger(), values[2].AsInteger()).Should().Be(("new", 1, 2));
    }

    [Fact]
    public async Task Lookups_to_several_tables_and_owners_are_written_and_read()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        var account = system.Emulator.Table("account").Insert([("name", "Adatum")]).Id;
        var user = FieldValue.Reference(system.Emulator.UserId, "systemuser");

        _ = await system.Connector.WriteAsync(
            new WriteBatch("contact", [Insert(One, ("lastname", FieldValue.Text("A")), ("parentcustomerid", FieldValue.Reference(account, "account")), ("ownerid", user))]), default);

        (await ReadAsync(system, "contact", "parentcustomerid", "ownerid")).Should().Equal(FieldValue.Reference(account, "account"), user);
        (await system.Connector.WriteAsync(new WriteBatch("contact", [Update(One, null, ("parentcustomerid", FieldValue.Blank))]), default))[0].Status.Should().Be(WriteStatus.Applied);
        (await ReadAsync(system, "contact", "parentcustomerid"))[0].IsBlank.Should().BeTrue();
    }

    [Fact]
    public async Task A_lookup_to_a_row_that_does_not_exist_is_rejected_and_not_taken_for_a_missing_record()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        var account = system.Emulator.Table("account").Insert([("name", "Adatum")]).Id;

        var results = await system.Connector.WriteAsync(
            new WriteBatch("account", [Update(account, null, ("primarycontactid", FieldValue.Reference(Guid.NewGuid(), "contact")))]), default);

        results[0].Status.Should().Be(WriteStatus.Rejected);
    }

    [Fact]
    public async Task Users_are_read_by_their_own_key()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        var query = new RecordQuery { Table = "systemuser", Fields = ["fullname", "isdisabled"], Ids = [system.Emulator.UserId] };

        (await system.Connector.GetSchemaAsync("systemuser", default))!.KeyField.Should().Be("systemuserid");
        (await system.Connector.ReadByIdAsync(query, default)).Should().ContainSingle().Which.Id.Should().Be(system.Emulator.UserId);
    }

    [Fact]
    public async Task A_currency_of_a_taken_code_exists_already()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        var currency = Insert(
            One,
            ("currencyname", FieldValue.Text("Euro")),
            ("isocurrencycode", FieldValue.Text("EUR")),
            ("currencysymbol", FieldValue.Text("€")),
            ("currencyprecision", FieldValue.Integer(2)),
            ("exchangerate", FieldValue.Decimal(0.9m)));

        var results = await system.Connector.WriteAsync(new WriteBatch("transactioncurrency", [currency]), default);
        var again = await system.Connector.WriteAsync(new WriteBatch("transactioncurrency", [currency with { Id = Guid.NewGuid() }]), default);

        (results[0].Status, again[0].Status).Should().Be((WriteStatus.Applied, WriteStatus.AlreadyExists));
        (await system.Connector.GetSchemaAsync("transactioncurrency", default))!.BusinessKeyField.Should().Be("isocurrencycode");
    }

    [Fact]
    public async Task An_idle_feed_costs_one_request_and_a_thousand_ids_another()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        var query = new ChangeQuery { Table = "account", Fields = ["name"] };
        var checkpoint = await ReadFeedAsync(system, query);
        system.Emulator.Requests.Reset();

        _ = await ReadFeedAsync(system, query with { Since = checkpoint });
        _ = await system.Connector.ReadByIdAsync(new RecordQuery { Table = "account", Fields = ["name"], Ids = [.. Enumerable.Range(0, 1_000).Select(_ => Guid.NewGuid())] }, default);

        system.Emulator.Requests.RequestCount.Should().Be(2);
    }

    [Fact]
    public async Task A_thousand_inserts_and_a_thousand_updates_cost_ten_requests_each()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        var ids = Enumerable.Range(0, 1_000).Select(_ => Guid.NewGuid()).ToList();
        _ = await system.Connector.GetSchemaAsync("account", default);
        system.Emulator.Requests.Reset();

        var inserts = await system.Connector.WriteAsync(new WriteBatch("account", [.. ids.Select(id => Insert(id, ("name", FieldValue.Text("A"))))]), default);
        var updates = await system.Connector.WriteAsync(new WriteBatch("account", [.. ids.Select(id => Update(id, null, ("name", FieldValue.Text("B"))))]), default);

        inserts.Concat(updates).Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        system.Emulator.Requests.RequestCount.Should().Be(20);
    }

    [Fact]
    public async Task Wrong_credentials_stop_every_call()
    {
        await using var system = await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
        system.Emulator.Faults.Add(EmulatorFault.Unauthorized().Always());

        var read = () => system.Connector.GetSchemaAsync("account", default);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.Authentication);
    }

    private static async Task<Checkpoint> ReadFeedAsync(EmulatedOrganization system, ChangeQuery query)
    {
        Checkpoint? checkpoint = null;
        await foreach (var page in system.Connector.ReadChangesAsync(query, default))
        {
            checkpoint = page.Checkpoint;
        }

        return checkpoint!;
    }

    private static async Task<FieldValue[]> ReadAsync(EmulatedOrganization system, string table, params string[] fields) =>
        (await system.Connector.ReadByIdAsync(new RecordQuery { Table = table, Fields = fields, Ids = [One] }, default)).Single().Values.ToArray();
}
