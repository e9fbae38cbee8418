namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseReferenceTests : IAsyncLifetime
{
    private DataverseClient client = null!;
    private Guid account;

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync();
        account = client.Accounts.Insert(("name", "Adatum")).Id;
        foreach (var name in new[] { "A", "B", "C" })
        {
            client.Contacts.Insert(("lastname", name), ("parentcustomerid", new DataverseReference("account", account)));
        }

        client.Contacts.Insert(("lastname", "Z"));
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task References_of_a_collection_are_the_addresses_of_its_rows()
    {
        var answer = await client.GetAsync("contacts/$ref");

        answer.Json["@odata.context"]!.GetValue<string>().Should().Be($"{client.Root}$metadata#Collection($ref)");
        answer.Rows.Should().HaveCount(4).And.OnlyContain(row => row.AsObject().Count == 1);
        answer.Rows.Select(row => (string)row["@odata.id"]!).Should().BeEquivalentTo(
            client.Contacts.Rows.Select(row => $"{client.Root}contacts({row.Id})"));
    }

    [Fact]
    public async Task References_behind_a_row_are_filtered_ordered_and_counted()
    {
        var url = $"accounts({account})/contact_customer_accounts/$ref";

        (await client.GetAsync(url)).Rows.Should().HaveCount(3);
        (await client.GetAsync($"{url}?$filter=lastname eq 'B'")).Rows.Should().ContainSingle()
            .Which["@odata.id"]!.GetValue<string>().Should().Be($"{client.Root}contacts({Contact("B")})");
        (await client.GetAsync($"{url}?$orderby=lastname desc&$top=1")).Rows.Should().ContainSingle()
            .Which["@odata.id"]!.GetValue<string>().Should().EndWith($"({Contact("C")})");
        (await client.GetAsync($"{url}?$count=true")).Json["@odata.count"]!.GetValue<int>().Should().Be(3);
    }

    [Theory]
    [InlineData("contacts/$ref?$orderby=lastname", 4)]
    [InlineData("accounts({0})/contact_customer_accounts/$ref?$orderby=lastname", 3)]
    public async Task References_come_in_pages(string url, int count)
    {
        (string, string) prefer = ("Prefer", "odata.maxpagesize=2");

        var first = await client.GetAsync(string.Format(null, url, account), prefer);
        var rows = await client.AllAsync(string.Format(null, url, account), prefer);

        first.Rows.Should().HaveCount(2);
        first.NextLink.Should().Contain("$ref?");
        rows.Select(row => (string)row["@odata.id"]!).Should().OnlyHaveUniqueItems().And.HaveCount(count);
    }

    [Fact]
    public async Task The_reference_of_a_lookup_is_one_address_or_nothing()
    {
        var url = $"contacts({Contact("A")})/parentcustomerid_account/$ref";

        var answer = await client.GetAsync(url);

        answer.Json["@odata.context"]!.GetValue<string>().Should().Be($"{client.Root}$metadata#$ref");
        answer.Json["@odata.id"]!.GetValue<string>().Should().Be($"{client.Root}accounts({account})");
        (await client.GetAsync($"contacts({Contact("Z")})/parentcustomerid_account/$ref")).Status.Should().Be(204);
    }

    [Fact]
    public async Task The_reference_of_a_row_is_its_address()
    {
        (await client.GetAsync($"accounts({account})/$ref")).Json["@odata.id"]!.GetValue<string>().Should()
            .Be($"{client.Root}accounts({account})");
        (await client.GetAsync($"accounts({Guid.NewGuid()})/$ref")).ShouldFail(404, "0x80040217");
    }

    [Theory]
    [InlineData("contacts/$ref?$select=lastname", 400, "0x80060888")]
    [InlineData("contacts/$ref?$expand=createdby", 400, "0x80060888")]
    [InlineData("contacts/$ref?$filter=nam eq 'x'", 400, "0x80060888")]
    [InlineData("nothings/$ref", 404, "0x8006088a")]
    [InlineData("accounts(00000000-0000-0000-0000-000000000001)/contact_customer_accounts/$ref", 404, "0x80040217")]
    public async Task References_that_cannot_be_told_are_refused(string url, int status, string code) =>
        (await client.GetAsync(url)).ShouldFail(status, code);

    [Fact]
    public async Task References_of_a_whole_table_are_neither_added_nor_removed()
    {
        (await client.PostAsync("contacts/$ref", """{"@odata.id":"x"}""")).Status.Should().BeInRange(400, 405);
        (await client.DeleteAsync("contacts/$ref")).Status.Should().BeInRange(400, 405);
        client.Contacts.Rows.Should().HaveCount(4);
    }

    private Guid Contact(string name) => client.Contacts.Rows.Single(row => Equals(row["lastname"], name)).Id;
}
