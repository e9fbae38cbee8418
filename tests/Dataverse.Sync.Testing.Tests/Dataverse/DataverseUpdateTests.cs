namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseUpdateTests : IAsyncLifetime
{
    private static readonly (string, string) Exists = ("If-Match", "*");

    private DataverseClient client = null!;

    public async Task InitializeAsync() => client = await DataverseClient.StartAsync();

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task A_patch_without_condition_updates_an_existing_row()
    {
        var id = client.Accounts.Insert(("name", "A"), ("telephone1", "1")).Id;

        var answer = await client.PatchAsync($"accounts({id})", """{"name":"B"}""");

        answer.Status.Should().Be(204);
        answer.Header("OData-EntityId").Should().Be($"{client.Root}accounts({id})");
        client.Accounts.Get(id).Should()
            .Match<DataverseRow>(row => Equals(row["name"], "B") && Equals(row["telephone1"], "1"));
    }

    [Fact]
    public async Task A_patch_without_condition_creates_a_missing_row()
    {
        var id = Guid.NewGuid();

        (await client.PatchAsync($"accounts({id})", """{"name":"B"}""", ("If-None-Match", "null"))).Status.Should()
            .Be(204);

        client.Accounts.Get(id)["name"].Should().Be("B");
    }

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 201)]
    public async Task A_patch_that_wants_the_row_back_tells_whether_it_created(bool exists, int status)
    {
        var id = exists ? client.Accounts.Insert(("name", "A")).Id : Guid.NewGuid();

        var answer = await client.PatchAsync(
            $"accounts({id})?$select=name", """{"name":"B"}""", ("Prefer", "return=representation"));

        answer.Status.Should().Be(status);
        answer.Header("Preference-Applied").Should().Be("return=representation");
        answer.Json.Select(member => member.Key).Should().Equal("@odata.context", "@odata.etag", "name", "accountid");
    }

    [Fact]
    public async Task If_match_star_never_creates()
    {
        var id = Guid.NewGuid();

        (await client.PatchAsync($"accounts({id})", """{"name":"B"}""", Exists)).ShouldFail(404, "0x80040217");

        client.Accounts.Find(id).Should().BeNull();
    }

    [Fact]
    public async Task If_match_with_a_version_updates_only_that_version()
    {
        var row = client.Accounts.Insert(("name", "A"));

        (await client.PatchAsync($"accounts({row.Id})", """{"name":"B"}""", ("If-Match", row.ETag))).Status.Should()
            .Be(204);
        (await client.PatchAsync($"accounts({row.Id})", """{"name":"C"}""", ("If-Match", row.ETag))).ShouldFail(
            412, "0x80060882");
        (await client.DeleteAsync($"accounts({row.Id})", ("If-Match", row.ETag))).ShouldFail(412, "0x80060882");
        client.Accounts.Get(row.Id)["name"].Should().Be("B");
        (await client.DeleteAsync(
            $"accounts({row.Id})", ("If-Match", client.Accounts.Get(row.Id).ETag))).Status.Should()
            .Be(204);
    }

    [Theory]
    [InlineData(404, "0x80040217")]
    [InlineData(412, "0x80060882")]
    public async Task A_version_of_a_missing_row_is_refused_in_the_configured_way(int status, string code)
    {
        await using var other = await DataverseClient.StartAsync(
            new DataverseEmulatorOptions { MissingRowWithVersionStatus = status });

        (await other.PatchAsync($"accounts({Guid.NewGuid()})", "{}", ("If-Match", "W/\"1\""))).ShouldFail(status, code);
    }

    [Fact]
    public async Task If_none_match_star_only_creates()
    {
        var id = client.Accounts.Insert(("name", "A")).Id;

        (await client.PatchAsync($"accounts({id})", """{"name":"B"}""", ("If-None-Match", "*"))).ShouldFail(
            412, "0x80040237");
        (await client.PatchAsync(
            $"accounts({Guid.NewGuid()})", """{"name":"B"}""", ("If-None-Match", "*"))).Status.Should().Be(204);
        client.Accounts.Get(id)["name"].Should().Be("A");
    }

    [Fact]
    public async Task A_version_means_nothing_to_a_table_without_optimistic_concurrency()
    {
        client.Accounts.OptimisticConcurrency = false;
        var row = client.Accounts.Insert(("name", "A"));

        (await client.PatchAsync($"accounts({row.Id})", """{"name":"B"}""", ("If-Match", row.ETag))).ShouldFail(
            400, "0x8006088D");
    }

    [Fact]
    public async Task Every_write_to_any_table_raises_the_one_version_counter_also_without_a_difference()
    {
        var account = client.Accounts.Insert(("name", "A"));
        var contact = client.Contacts.Insert(("lastname", "L"));
        await client.PatchAsync($"accounts({account.Id})", """{"name":"A"}""", Exists);
        var unchanged = client.Accounts.Get(account.Id);
        await client.PatchAsync($"contacts({contact.Id})", "{}", Exists);

        contact.Version.Should().BeGreaterThan(account.Version);
        unchanged.Version.Should().BeGreaterThan(contact.Version);
        client.Contacts.Get(contact.Id).Version.Should().BeGreaterThan(unchanged.Version);
    }

    [Fact]
    public async Task Null_and_empty_text_clear_a_column()
    {
        var id = client.Accounts.Insert(("name", "A"), ("telephone1", "1"), ("fax", "2"), ("revenue", 5m)).Id;

        await client.PatchAsync($"accounts({id})", """{"telephone1":null,"fax":"","revenue":null}""", Exists);

        var row = client.Accounts.Get(id);
        row["telephone1"].Should().BeNull();
        row["fax"].Should().BeNull();
        row["revenue_base"].Should().BeNull();
    }

    [Fact]
    public async Task A_write_sets_modifiedon_and_modifiedby_and_leaves_the_creation_alone()
    {
        var id = client.Accounts.Insert(("name", "A")).Id;
        var before = client.Accounts.Get(id);

        await client.PatchAsync($"accounts({id})", """{"name":"B"}""", Exists);

        var after = client.Accounts.Get(id);
        before["modifiedby"].Should().NotBe(after["modifiedby"]);
        after["modifiedby"].Should().Be(new DataverseReference("systemuser", client.Emulator.UserId));
        after["createdby"].Should().Be(before["createdby"]);
        after["createdon"].Should().Be(before["createdon"]);
    }

    [Fact]
    public async Task Computed_columns_in_a_body_are_ignored()
    {
        var id = client.Contacts.Insert(("firstname", "Frank"), ("lastname", "Lee")).Id;

        (await client.PatchAsync(
            $"contacts({id})", """{"fullname":"X","versionnumber":1,"modifiedon":"2001-01-01T00:00:00Z"}""",
            Exists)).Status.Should().Be(204);

        client.Contacts.Get(id)["fullname"].Should().Be("Frank Lee");
        client.Contacts.Get(id)["modifiedon"].Should().NotBe(new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public async Task Deleting_a_missing_row_is_404()
    {
        var id = client.Accounts.Insert(("name", "A")).Id;

        (await client.DeleteAsync($"accounts({id})")).Status.Should().Be(204);
        (await client.DeleteAsync($"accounts({id})")).ShouldFail(404, "0x80040217");
    }

    [Fact]
    public async Task A_caller_may_act_as_another_user()
    {
        var person = client.Emulator.Table("systemuser").Rows.Single(row => row.Id != client.Emulator.UserId);

        await client.PostAsync("accounts", """{"name":"A"}""", ("MSCRMCallerID", person.Id.ToString()));

        var row = client.Accounts.Rows.Single();
        row["createdby"].Should().Be(new DataverseReference("systemuser", person.Id));
        row["ownerid"].Should().Be(new DataverseReference("systemuser", person.Id));
        row["createdonbehalfby"].Should().Be(new DataverseReference("systemuser", client.Emulator.UserId));
    }
}
