using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseChangeTrackingTests : IAsyncLifetime
{
    private static readonly (string, string) Track = ("Prefer", "odata.track-changes");

    private readonly FakeTimeProvider clock = new(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero));
    private DataverseClient client = null!;

    public async Task InitializeAsync() =>
        client = await DataverseClient.StartAsync(new DataverseEmulatorOptions { TimeProvider = clock });

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task The_first_query_gives_every_row_and_a_link_with_version_and_date()
    {
        client.Accounts.Insert(("name", "A"));
        client.Accounts.Insert(("name", "B"));

        var answer = await client.GetAsync("accounts?$select=name", Track);

        answer.Header("Preference-Applied").Should().Be("odata.track-changes");
        answer.Rows.Should().HaveCount(2);
        answer.Json["@odata.context"]!.GetValue<string>().Should().Be($"{client.Root}$metadata#accounts(name)/$delta");
        answer.DeltaLink.Should()
            .Be(
                $"{client.Root}accounts?$select=name&$deltatoken={client.Emulator.LastVersion}%2105%2f01%2f2026%2008%3a00%3a00");
    }

    [Fact]
    public async Task Only_the_last_page_has_the_delta_link()
    {
        for (var i = 0; i < 5; i++)
        {
            client.Accounts.Insert(("name", $"A{i}"));
        }

        (string, string) prefer = ("Prefer", "odata.track-changes,odata.maxpagesize=2");

        var first = await client.GetAsync("accounts?$select=name", prefer);
        var second = await client.GetAsync(first.NextLink!, prefer);
        var third = await client.GetAsync(second.NextLink!, prefer);

        first.DeltaLink.Should().BeNull();
        second.DeltaLink.Should().BeNull();
        third.NextLink.Should().BeNull();
        third.DeltaLink.Should().NotBeNull();
        first.Rows.Concat(second.Rows).Concat(third.Rows).Select(row => (string)row["name"]!).Should()
            .BeEquivalentTo(["A0", "A1", "A2", "A3", "A4"]);
    }

    [Fact]
    public async Task A_change_made_while_pages_are_turned_comes_with_the_next_delta()
    {
        var rows = Enumerable.Range(0, 3).Select(n => client.Accounts.Insert(("name", $"A{n}"))).ToArray();
        (string, string) prefer = ("Prefer", "odata.track-changes,odata.maxpagesize=2");
        var first = await client.GetAsync("accounts?$select=name", prefer);
        var seen = first.Rows[0]["accountid"]!.GetValue<Guid>();

        client.Accounts.Update(seen, ("name", "changed"));
        var last = await client.GetAsync(first.NextLink!, prefer);
        var delta = await client.GetAsync(last.DeltaLink!);

        first.Rows.Concat(last.Rows).Should().HaveCount(rows.Length);
        delta.Rows.Should().ContainSingle().Which["name"]!.GetValue<string>().Should().Be("changed");
    }

    [Fact]
    public async Task A_delta_has_upserts_in_order_of_version_then_deletions()
    {
        var a = client.Accounts.Insert(("name", "A")).Id;
        var b = client.Accounts.Insert(("name", "B")).Id;
        var c = client.Accounts.Insert(("name", "C")).Id;
        var link = (await client.GetAsync("accounts?$select=name", Track)).DeltaLink!;

        client.Accounts.Delete(b);
        client.Accounts.Update(c, ("name", "C2"));
        client.Accounts.Update(a, ("name", "A2"));
        var answer = await client.GetAsync(link);

        answer.Rows.Select(row => (string?)row["name"]).Should().Equal("C2", "A2", null);
        answer.Rows[2].ToJsonString().Should().Be(
            new JsonObject
            {
                ["@odata.context"] = $"{client.Root}$metadata#accounts/$deletedEntity",
                ["id"] = b.ToString(),
                ["reason"] = "deleted",
            }.ToJsonString());
        answer.DeltaLink.Should().NotBeNull();
    }

    [Fact]
    public async Task Nothing_changed_is_an_empty_page_with_a_fresh_link()
    {
        client.Accounts.Insert(("name", "A"));
        var link = (await client.GetAsync("accounts?$select=name", Track)).DeltaLink!;

        client.Contacts.Insert(("lastname", "other table"));
        var answer = await client.GetAsync(link);

        answer.Rows.Should().BeEmpty();
        answer.DeltaLink.Should().NotBe(link);
    }

    [Fact]
    public async Task A_row_created_and_deleted_between_two_queries_is_a_deletion_only()
    {
        var link = (await client.GetAsync("accounts?$select=name", Track)).DeltaLink!;

        var id = client.Accounts.Insert(("name", "A")).Id;
        client.Accounts.Delete(id);
        var answer = await client.GetAsync(link);

        answer.Rows.Should().ContainSingle().Which["id"]!.GetValue<Guid>().Should().Be(id);
    }

    [Fact]
    public async Task Rows_deleted_by_a_cascade_are_deletions_of_their_own_table()
    {
        var account = client.Accounts.Insert(("name", "A")).Id;
        var contact = client.Contacts.Insert(
            ("lastname", "L"), ("parentcustomerid", new DataverseReference("account", account))).Id;
        var link = (await client.GetAsync("contacts?$select=fullname", Track)).DeltaLink!;

        (await client.DeleteAsync($"accounts({account})")).Status.Should().Be(204);

        (await client.GetAsync(link)).Rows.Should().ContainSingle().Which["id"]!.GetValue<Guid>().Should().Be(contact);
    }

    [Fact]
    public async Task Own_writes_come_back()
    {
        var link = (await client.GetAsync("accounts?$select=name", Track)).DeltaLink!;

        await client.PostAsync("accounts", """{"name":"A"}""");

        (await client.GetAsync(link)).Rows.Should().ContainSingle();
    }

    [Fact]
    public async Task A_delta_can_be_paged_and_counted()
    {
        var link = (await client.GetAsync("accounts?$select=name", Track)).DeltaLink!;
        for (var i = 0; i < 5; i++)
        {
            client.Accounts.Insert(("name", $"A{i}"));
        }

        client.Accounts.Delete(client.Accounts.Rows[0].Id);
        (string, string) prefer = ("Prefer", "odata.maxpagesize=2");

        var rows = await client.AllAsync(link, prefer);
        var count = await client.GetAsync($"accounts/$count?{new Uri(link).Query.Split('&')[1]}");

        rows.Select(row => (string?)row["name"]).Should().Equal("A1", "A2", "A3", "A4", null);
        count.Text.TrimStart('\uFEFF').Should().Be("5");
    }

    [Theory]
    [InlineData("$filter=name eq 'A'", "$filter")]
    [InlineData("$orderby=name", "$orderby")]
    [InlineData("$expand=primarycontactid", "$expand")]
    [InlineData("$top=1", "$top")]
    public async Task Other_options_than_select_are_refused_by_name(string query, string option)
    {
        var answer = await client.GetAsync("accounts?" + query, Track);

        answer.Status.Should().Be(400);
        answer.Message.Should().Be(
            $"The \"{option}\" query parameter isn't supported when Change Tracking is enabled.");
    }

    [Fact]
    public async Task A_token_expires_with_age()
    {
        var link = (await client.GetAsync("accounts?$select=name", Track)).DeltaLink!;

        clock.Advance(TimeSpan.FromDays(7));
        (await client.GetAsync(link)).Status.Should().Be(200);
        clock.Advance(TimeSpan.FromSeconds(1));

        (await client.GetAsync(link)).ShouldFail(400, "0x80044352");
    }

    [Fact]
    public async Task A_test_can_expire_the_tokens_of_a_table()
    {
        var accounts = (await client.GetAsync("accounts?$select=name", Track)).DeltaLink!;
        var contacts = (await client.GetAsync("contacts?$select=fullname", Track)).DeltaLink!;

        client.Emulator.ExpireDeltaTokens("account");

        (await client.GetAsync(accounts)).ShouldFail(400, "0x80044352");
        (await client.GetAsync(contacts)).Status.Should().Be(200);
        var fresh = (await client.GetAsync("accounts?$select=name", Track)).DeltaLink!;
        (await client.GetAsync(fresh)).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("account")]
    [InlineData("contact")]
    [InlineData("systemuser")]
    [InlineData("transactioncurrency")]
    public async Task Tracking_is_on_for_the_table_and_can_be_switched_off(string table)
    {
        var set = table == "transactioncurrency" ? "transactioncurrencies" : table + "s";

        (await client.GetAsync(set, Track)).Status.Should().Be(200);
        client.Emulator.Table(table).ChangeTracking = false;
        (await client.GetAsync(set, Track)).ShouldFail(400, "0x80072491");
    }

    [Fact]
    public async Task A_malformed_token_is_a_bad_query() =>
        (await client.GetAsync("accounts?$select=name&$deltatoken=x")).ShouldFail(400, "0x80060888");
}
