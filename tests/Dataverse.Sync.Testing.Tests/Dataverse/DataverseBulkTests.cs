namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseBulkTests : IAsyncLifetime
{
    private const string Create = "accounts/Microsoft.Dynamics.CRM.CreateMultiple";
    private const string Update = "accounts/Microsoft.Dynamics.CRM.UpdateMultiple";
    private const string Upsert = "accounts/Microsoft.Dynamics.CRM.UpsertMultiple";

    private DataverseClient client = null!;

    public async Task InitializeAsync() => client = await DataverseClient.StartAsync();

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task Created_rows_are_named_in_the_order_of_the_targets_with_their_own_keys()
    {
        var own = Guid.NewGuid();

        var answer = await client.PostAsync(
            Create, Targets("\"name\":\"A\"", $"\"accountid\":\"{own}\",\"name\":\"B\"", "\"name\":\"C\""));

        answer.Status.Should().Be(200);
        answer.Json["@odata.context"]!.GetValue<string>().Should()
            .Be($"{client.Root}$metadata#Microsoft.Dynamics.CRM.CreateMultipleResponse");
        var ids = answer.Json["Ids"]!.AsArray().Select(id => id!.GetValue<Guid>()).ToArray();
        ids.Select(id => client.Accounts.Get(id)["name"]).Should().Equal("A", "B", "C");
        ids[1].Should().Be(own);
        client.Emulator.Requests.RowWriteCount.Should().Be(3);
    }

    [Fact]
    public async Task Own_keys_can_be_switched_off()
    {
        await using var other = await DataverseClient.StartAsync(
            new DataverseEmulatorOptions { AllowOwnKeysInCreateMultiple = false });

        (await other.PostAsync(Create, Targets($"\"accountid\":\"{Guid.NewGuid()}\""))).Status.Should().Be(400);
    }

    [Fact]
    public async Task One_bad_target_and_none_is_created()
    {
        var existing = client.Accounts.Insert(("name", "old")).Id;

        (await client.PostAsync(Create, Targets("\"name\":\"A\"", $"\"accountid\":\"{existing}\""))).ShouldFail(
            412, "0x80040237");
        (await client.PostAsync(Create, Targets("\"name\":\"A\"", "\"nam\":\"B\""))).ShouldFail(400, "0x80048d19");

        client.Accounts.Rows.Select(row => row["name"]).Should().Equal("old");
        client.Emulator.Requests.RowWriteCount.Should().Be(0);
    }

    [Fact]
    public async Task A_target_cannot_refer_to_another_of_the_same_request()
    {
        var parent = Guid.NewGuid();

        (await client.PostAsync(
            Create, Targets($"\"accountid\":\"{parent}\"", $"\"parentaccountid@odata.bind\":\"/accounts({parent})\"")))
            .ShouldFail(404, "0x80040217");
    }

    [Fact]
    public async Task Every_target_needs_its_type() =>
        (await client.PostAsync(Create, """{"Targets":[{"name":"A"}]}""")).ShouldFail(400, "0x80048d19");

    [Fact]
    public async Task Of_two_updates_of_one_row_the_first_is_applied()
    {
        var id = client.Accounts.Insert(("name", "A")).Id;

        var answer = await client.PostAsync(
            Update,
            Targets(
                $"\"accountid\":\"{id}\",\"name\":\"first\"",
                $"\"accountid\":\"{id}\",\"name\":\"second\",\"fax\":\"1\""));

        answer.Status.Should().Be(204);
        client.Accounts.Get(id).Should().Match<DataverseRow>(row => Equals(row["name"], "first") && row["fax"] == null);
    }

    [Fact]
    public async Task A_missing_row_fails_the_whole_update()
    {
        var id = client.Accounts.Insert(("name", "A")).Id;
        var missing = Guid.NewGuid();

        var answer = await client.PostAsync(
            Update, Targets($"\"accountid\":\"{id}\",\"name\":\"B\"", $"\"accountid\":\"{missing}\",\"name\":\"B\""));

        answer.ShouldFail(404, "0x80040217");
        answer.Message.Should().Be($"Account With Ids = {missing} Do Not Exist");
        client.Accounts.Get(id)["name"].Should().Be("A");
    }

    [Fact]
    public async Task An_upsert_creates_and_updates_and_tells_nothing()
    {
        var id = client.Accounts.Insert(("name", "A")).Id;
        var added = Guid.NewGuid();

        var answer = await client.PostAsync(
            Upsert, Targets($"\"accountid\":\"{id}\",\"name\":\"B\"", $"\"accountid\":\"{added}\",\"name\":\"C\""));

        answer.Status.Should().Be(204);
        answer.Text.Should().BeEmpty();
        client.Accounts.Get(id)["name"].Should().Be("B");
        client.Accounts.Get(added)["name"].Should().Be("C");
    }

    [Fact]
    public async Task An_upsert_takes_no_two_targets_with_one_key()
    {
        var id = Guid.NewGuid();

        (await client.PostAsync(Upsert, Targets($"\"accountid\":\"{id}\"", $"\"accountid\":\"{id}\""))).Status.Should()
            .Be(400);
        client.Accounts.Count.Should().Be(0);
    }

    [Fact]
    public async Task Deletes_in_bulk_are_not_implemented()
    {
        var answer = await client.PostAsync("accounts/Microsoft.Dynamics.CRM.DeleteMultiple", Targets());

        answer.Status.Should().Be(501);
        answer.Message.Should().Be("DeleteMultiple has not yet been implemented.");
    }

    [Theory]
    [InlineData("systemusers", "systemuser")]
    [InlineData("transactioncurrencies", "transactioncurrency")]
    public async Task Users_and_currencies_have_no_bulk_messages(string set, string table)
    {
        var body = $$"""{"Targets":[{"@odata.type":"Microsoft.Dynamics.CRM.{{table}}"}]}""";

        (await client.PostAsync($"{set}/Microsoft.Dynamics.CRM.CreateMultiple", body)).Message.Should()
            .Contain("is not enabled on the entity");
        (await Availability(table, "CreateMultiple")).Should().Be(0);
    }

    [Fact]
    public async Task Availability_can_be_asked_and_switched()
    {
        (await Availability("account", "CreateMultiple")).Should().Be(1);
        (await Availability("account", "UpdateMultiple")).Should().Be(1);
        (await Availability("account", "UpsertMultiple")).Should().Be(0);

        client.Accounts.BulkMessages = false;

        (await Availability("account", "CreateMultiple")).Should().Be(0);
        (await client.PostAsync(Create, Targets("\"name\":\"A\""))).Status.Should().Be(400);
    }

    [Fact]
    public async Task Too_many_targets_can_time_out_in_the_database()
    {
        await using var other = await DataverseClient.StartAsync(
            new DataverseEmulatorOptions { SqlTimeoutAboveTargets = 1 });

        (await other.PostAsync(Create, Targets("\"name\":\"A\"", "\"name\":\"B\""))).ShouldFail(500, "0x80044151");
        (await other.PostAsync(Create, Targets("\"name\":\"A\""))).Status.Should().Be(200);
    }

    private static string Targets(params string[] members) =>
        $$"""{"Targets":[{{string.Join(',', members.Select(member => $$"""{"@odata.type":"Microsoft.Dynamics.CRM.account",{{member}}}"""))}}]}""";

    private async Task<int> Availability(string table, string message) => (await client.GetAsync(
        $"sdkmessagefilters?$select=sdkmessagefilterid&$filter=sdkmessageid/name eq '{message}' and primaryobjecttypecode eq '{table}'")).Rows.Count;
}
