namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseLookupTests : IAsyncLifetime
{
    private DataverseClient client = null!;
    private Guid account;
    private Guid contact;

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync();
        account = client.Accounts.Insert(("name", "Adatum")).Id;
        contact = client.Contacts.Insert(("lastname", "Lee")).Id;
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Theory]
    [InlineData("/contacts({0})")]
    [InlineData("contacts({0})")]
    [InlineData("{1}contacts({0})")]
    public async Task A_lookup_is_bound_through_its_navigation_property(string url)
    {
        var target = string.Format(System.Globalization.CultureInfo.InvariantCulture, url, contact, client.Root);

        (await client.PatchAsync(
            $"accounts({account})", $$"""{"primarycontactid@odata.bind":"{{target}}"}""")).Status.Should().Be(204);

        (await client.GetAsync(
            $"accounts({account})?$select=_primarycontactid_value")).Json["_primarycontactid_value"]!.GetValue<Guid>().Should().Be(contact);
    }

    [Theory]
    [InlineData("primaryContactid@odata.bind")]
    [InlineData("_primarycontactid_value@odata.bind")]
    [InlineData("parentcustomerid@odata.bind")]
    public async Task A_navigation_property_that_does_not_exist_is_undeclared(string member)
    {
        var answer = await client.PatchAsync($"accounts({account})", $$"""{"{{member}}":"/contacts({{contact}})"}""");

        answer.ShouldFail(400, "0x80048d19");
        answer.Message.Should().Contain(
            $"An undeclared property '{member}' which only has property annotations in the payload");
    }

    [Fact]
    public async Task The_value_of_a_lookup_cannot_be_written_directly() =>
        (await client.PatchAsync(
            $"accounts({account})", $$"""{"_primarycontactid_value":"{{contact}}"}""")).Status.Should().Be(400);

    [Fact]
    public async Task A_customer_column_has_a_navigation_property_for_each_table_and_the_last_one_wins()
    {
        var other = client.Contacts.Insert(("lastname", "Boss")).Id;

        await client.PatchAsync(
            $"contacts({contact})", $$"""{"parentcustomerid_account@odata.bind":"/accounts({{account}})"}""");
        client.Contacts.Get(contact).Should().Match<DataverseRow>(row =>
            Equals(row["accountid"], new DataverseReference("account", account)) && row["parentcontactid"] == null);

        await client.PatchAsync(
            $"contacts({contact})", $$"""{"parentcustomerid_contact@odata.bind":"/contacts({{other}})"}""");
        client.Contacts.Get(contact).Should().Match<DataverseRow>(row =>
            Equals(row["parentcustomerid"], new DataverseReference("contact", other)) && row["accountid"] == null);

        (await client.PatchAsync(
            $"contacts({contact})",
            $$"""{"parentcustomerid@odata.bind":"/accounts({{account}})"}""")).ShouldFail(400, "0x80048d19");
        (await client.PatchAsync(
            $"contacts({contact})",
            $$"""{"parentcustomerid_account@odata.bind":"/contacts({{other}})"}""")).Status.Should().Be(400);
    }

    [Fact]
    public async Task A_target_that_does_not_exist_is_named_in_the_error()
    {
        var missing = Guid.NewGuid();

        var answer = await client.PostAsync(
            "accounts", $$"""{"name":"B","primarycontactid@odata.bind":"/contacts({{missing}})"}""");

        answer.ShouldFail(404, "0x80040217");
        answer.Message.Should().Be($"contact With Id = {missing} Does Not Exist");
        client.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task The_status_of_a_missing_target_is_a_switch()
    {
        await using var other = await DataverseClient.StartAsync(
            new DataverseEmulatorOptions { MissingLookupTargetStatus = 400 });

        (await other.PostAsync(
            "accounts", $$"""{"primarycontactid@odata.bind":"/contacts({{contact}})"}""")).ShouldFail(
            400, "0x80040217");
    }

    [Theory]
    [InlineData("{\"primarycontactid@odata.bind\":null}")]
    [InlineData("{\"primarycontactid\":null}")]
    public async Task A_lookup_is_cleared_by_null(string body)
    {
        client.Accounts.Update(account, ("primarycontactid", new DataverseReference("contact", contact)));

        (await client.PatchAsync($"accounts({account})", body)).Status.Should().Be(204);

        client.Accounts.Get(account)["primarycontactid"].Should().BeNull();
    }

    [Fact]
    public async Task A_reference_is_set_read_and_removed_by_its_own_url()
    {
        var url = $"accounts({account})/primarycontactid/$ref";

        (await client.SendAsync(
            HttpMethod.Put, url, $$"""{"@odata.id":"{{client.Root}}contacts({{contact}})"}""",
            [])).Status.Should().Be(204);
        (await client.GetAsync(url)).Json["@odata.id"]!.GetValue<string>().Should()
            .Be($"{client.Root}contacts({contact})");
        (await client.DeleteAsync(url)).Status.Should().Be(204);
        client.Accounts.Get(account)["primarycontactid"].Should().BeNull();
    }

    [Fact]
    public async Task A_member_is_added_to_and_removed_from_a_collection()
    {
        var url = $"accounts({account})/contact_customer_accounts";

        (await client.PostAsync(
            $"{url}/$ref", $$"""{"@odata.id":"{{client.Root}}contacts({{contact}})"}""")).Status.Should().Be(204);
        (await client.GetAsync($"{url}?$select=lastname")).Rows.Should().ContainSingle();
        (await client.GetAsync($"{url}/$count")).Text.TrimStart('\uFEFF').Should().Be("1");
        (await client.DeleteAsync($"{url}({contact})/$ref")).Status.Should().Be(204);
        client.Contacts.Get(contact)["parentcustomerid"].Should().BeNull();
    }

    [Fact]
    public async Task The_owner_is_a_user_or_a_team_and_its_other_columns_follow()
    {
        var team = client.Emulator.Table("team").Rows.Single();

        await client.PatchAsync($"accounts({account})", $$"""{"ownerid@odata.bind":"/teams({{team.Id}})"}""");
        var answer = await client.GetAsync(
            $"accounts({account})?$select=_ownerid_value,_owninguser_value,_owningteam_value,_owningbusinessunit_value",
            ("Prefer", "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\""));

        answer.Json["_ownerid_value"]!.GetValue<Guid>().Should().Be(team.Id);
        answer.Json["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"]!.GetValue<string>().Should().Be("team");
        answer.Json["_owninguser_value"].Should().BeNull();
        answer.Json["_owningteam_value"]!.GetValue<Guid>().Should().Be(team.Id);
        answer.Json["_owningbusinessunit_value"]!.GetValue<Guid>().Should()
            .Be(((DataverseReference)team["businessunitid"]!).Id);
    }

    [Fact]
    public async Task A_disabled_user_cannot_own()
    {
        var users = client.Emulator.Table("systemuser");
        var person = users.Rows.Single(row => row.Id != client.Emulator.UserId).Id;
        users.Update(person, ("isdisabled", true));
        client.Accounts.Update(account, ("ownerid", new DataverseReference("systemuser", client.Emulator.UserId)));

        (await client.PatchAsync(
            $"accounts({account})",
            $$"""{"ownerid@odata.bind":"/systemusers({{person}})"}""")).ShouldFail(403, "0x80040225");
    }
}
