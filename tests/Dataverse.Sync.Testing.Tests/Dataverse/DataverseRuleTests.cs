namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseRuleTests : IAsyncLifetime
{
    private DataverseClient client = null!;

    private DataverseTable Currencies => client.Emulator.Table("transactioncurrency");

    public async Task InitializeAsync() => client = await DataverseClient.StartAsync();

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Theory]
    [InlineData("numberofemployees", "-1", "0x8004432F")]
    [InlineData("revenue", "-1", "0x80044330")]
    [InlineData("address1_latitude", "91", "0x80044330")]
    [InlineData("customertypecode", "13", "0x8004431A")]
    [InlineData("overriddencreatedon", "\"1752-12-31T00:00:00Z\"", "0x80040239")]
    [InlineData("description", "\"a\\u0001b\"", "0x80040278")]
    [InlineData("accountnumber", "\"123456789012345678901\"", "0x80044331")]
    public async Task A_value_that_does_not_fit_its_column_is_refused(string column, string value, string code)
    {
        (await client.PostAsync("accounts", $$"""{"{{column}}":{{value}}}""")).ShouldFail(400, code);

        client.Accounts.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_value_of_exactly_the_maximum_fits()
    {
        var body =
            $$"""{"name":"{{new string('x', 160)}}","numberofemployees":1000000000,"customertypecode":12,"address1_longitude":-180}""";

        (await client.PostAsync("accounts", body)).Status.Should().Be(204);
    }

    [Fact]
    public async Task A_state_brings_its_default_status_and_a_pair_must_fit()
    {
        var id = client.Accounts.Insert(("name", "A")).Id;

        await client.PatchAsync($"accounts({id})", """{"statecode":1}""");
        client.Accounts.Get(id)["statuscode"].Should().Be(2);
        (await client.PatchAsync($"accounts({id})", """{"statecode":0,"statuscode":2}""")).ShouldFail(
            400, "0x80048408");
        (await client.PatchAsync($"accounts({id})", """{"statecode":0,"statuscode":1}""")).Status.Should().Be(204);
        client.Accounts.Get(id)["statecode"].Should().Be(0);
    }

    [Fact]
    public async Task A_row_is_always_created_active()
    {
        await client.PostAsync("accounts", """{"name":"A","statecode":1}""");

        client.Accounts.Rows.Single().Should()
            .Match<DataverseRow>(row => Equals(row["statecode"], 0) && Equals(row["statuscode"], 1));
    }

    [Fact]
    public async Task A_row_cannot_be_created_with_the_status_of_the_inactive_state()
    {
        var answer = await client.PostAsync("accounts", """{"name":"A","statecode":1,"statuscode":2}""");

        answer.ShouldFail(400, "0x80048408");
        client.Accounts.Count.Should().Be(0);
    }

    [Theory]
    [InlineData(true, 400)]
    [InlineData(false, 204)]
    public async Task Whether_an_inactive_row_takes_changes_is_a_switch(bool reject, int status)
    {
        await using var other = await DataverseClient.StartAsync(
            new DataverseEmulatorOptions { RejectChangesOfInactiveRows = reject });
        var id = other.Accounts.Insert(("name", "A")).Id;
        other.Accounts.Update(id, ("statecode", 1));

        (await other.PatchAsync($"accounts({id})", """{"name":"B"}""")).Status.Should().Be(status);
        (await other.PatchAsync($"accounts({id})", """{"statecode":0,"name":"B"}""")).Status.Should().Be(204);
    }

    [Fact]
    public void Deleting_an_account_deletes_its_contacts_and_unlinks_the_rest()
    {
        var account = client.Accounts.Insert(("name", "A")).Id;
        var reference = new DataverseReference("account", account);
        var contact = client.Contacts.Insert(("lastname", "L"), ("parentcustomerid", reference)).Id;
        var colleague = client.Contacts.Insert(
            ("lastname", "M"), ("parentcustomerid", new DataverseReference("contact", contact))).Id;
        var child = client.Accounts.Insert(("name", "B"), ("parentaccountid", reference));
        var before = client.Contacts.Get(colleague).Version;

        client.Accounts.Delete(account);

        client.Contacts.Find(contact).Should().BeNull();
        client.Contacts.Get(colleague)["parentcustomerid"].Should().BeNull();
        client.Contacts.Get(colleague).Version.Should().BeGreaterThan(before);
        client.Accounts.Get(child.Id)["parentaccountid"].Should().BeNull();
    }

    [Fact]
    public void Deleting_a_contact_removes_it_as_primary_contact()
    {
        var contact = client.Contacts.Insert(("lastname", "L")).Id;
        var account = client.Accounts.Insert(("primarycontactid", new DataverseReference("contact", contact))).Id;

        client.Contacts.Delete(contact);

        client.Accounts.Get(account)["primarycontactid"].Should().BeNull();
    }

    [Fact]
    public void A_new_owner_of_an_account_owns_its_contacts_too()
    {
        var account = client.Accounts.Insert(("name", "A")).Id;
        var contact = client.Contacts.Insert(
            ("lastname", "L"), ("parentcustomerid", new DataverseReference("account", account))).Id;
        var user = new DataverseReference("systemuser", client.Emulator.UserId);

        client.Accounts.Update(account, ("ownerid", user));

        client.Contacts.Get(contact)["ownerid"].Should().Be(user);
        client.Contacts.Get(contact)["owninguser"].Should().Be(user);
    }

    [Fact]
    public async Task A_currency_in_use_cannot_be_deleted()
    {
        var euro = Euro();
        client.Accounts.Insert(
            ("name", "A"), ("transactioncurrencyid", new DataverseReference("transactioncurrency", euro)));

        (await client.DeleteAsync($"transactioncurrencies({euro})")).ShouldFail(405, "0x80040227");
    }

    [Fact]
    public async Task The_base_currency_can_neither_go_nor_change_its_rate()
    {
        var url = $"transactioncurrencies({client.Emulator.BaseCurrencyId})";

        (await client.DeleteAsync(url)).ShouldFail(400, "0x80048CFF");
        (await client.PatchAsync(url, """{"exchangerate":2}""")).ShouldFail(400, "0x80048CF5");
        (await client.PatchAsync(url, """{"statecode":1}""")).ShouldFail(400, "0x80048CF4");
    }

    [Theory]
    [InlineData("usd", "0x80048CF3")]
    [InlineData("E R", "0x80048CF2")]
    public async Task A_currency_code_must_be_valid_and_new(string code, string error) =>
        (await client.PostAsync("transactioncurrencies", Currency(code))).ShouldFail(400, error);

    [Fact]
    public async Task A_currency_needs_all_its_columns()
    {
        (await client.PostAsync("transactioncurrencies", """{"isocurrencycode":"EUR"}""")).Status.Should().Be(400);
        (await client.PostAsync("transactioncurrencies", Currency("EUR"))).Status.Should().Be(204);
    }

    [Fact]
    public void Money_gets_the_base_currency_by_default_and_a_value_in_it()
    {
        var id = client.Accounts.Insert(("name", "A"), ("creditlimit", 10.005m)).Id;

        client.Accounts.Get(id)["transactioncurrencyid"].Should()
            .Be(new DataverseReference("transactioncurrency", client.Emulator.BaseCurrencyId));
        client.Accounts.Get(id)["creditlimit"].Should().Be(10.01m);
        client.Accounts.Update(id, ("transactioncurrencyid", new DataverseReference("transactioncurrency", Euro())));
        client.Accounts.Get(id).Should()
            .Match<DataverseRow>(row => Equals(row["exchangerate"], 0.5m) && Equals(row["creditlimit_base"], 20.02m));
    }

    [Fact]
    public async Task The_currency_of_a_row_with_money_cannot_be_cleared()
    {
        var id = client.Accounts.Insert(("creditlimit", 10m)).Id;

        (await client.PatchAsync($"accounts({id})", """{"transactioncurrencyid@odata.bind":null}""")).ShouldFail(
            400, "0x80048CFB");
    }

    [Fact]
    public async Task Hierarchies_have_no_loops()
    {
        var a = client.Accounts.Insert(("name", "A")).Id;
        var b = client.Accounts.Insert(("name", "B"), ("parentaccountid", new DataverseReference("account", a))).Id;

        (await client.PatchAsync(
            $"accounts({a})", $$"""{"parentaccountid@odata.bind":"/accounts({{b}})"}""")).ShouldFail(400, "0x80040506");
        (await client.PatchAsync(
            $"accounts({a})", $$"""{"parentaccountid@odata.bind":"/accounts({{a}})"}""")).ShouldFail(400, "0x80040506");
    }

    [Fact]
    public void The_full_name_follows_its_parts()
    {
        var id = client.Contacts.Insert(("firstname", "Frank"), ("lastname", "Lee")).Id;

        client.Contacts.Get(id)["fullname"].Should().Be("Frank Lee");
        client.Contacts.Update(id, ("firstname", null));
        client.Contacts.Get(id)["fullname"].Should().Be("Lee");
    }

    [Theory]
    [InlineData(true, "2001-01-01T00:00:00Z")]
    [InlineData(false, null)]
    public async Task Whether_an_overridden_creation_time_takes_the_place_of_the_true_one_is_a_switch(
        bool swap, string? createdOn)
    {
        await using var other = await DataverseClient.StartAsync(
            new DataverseEmulatorOptions { SwapOverriddenCreatedOn = swap });

        await other.PostAsync("accounts", """{"overriddencreatedon":"2001-01-01T00:00:00Z"}""");

        var row = (await other.GetAsync("accounts?$select=createdon,overriddencreatedon")).Rows.Single();
        if (swap)
        {
            row["createdon"]!.GetValue<string>().Should().Be(createdOn);
        }
        else
        {
            row["overriddencreatedon"]!.GetValue<string>().Should().Be("2001-01-01T00:00:00Z");
        }
    }

    [Fact]
    public async Task A_user_can_be_created_and_disabled()
    {
        var unit = client.Emulator.Table("businessunit").Rows.Single().Id;
        var body =
            $$"""{"firstname":"Jim","lastname":"Olive","internalemailaddress":"jo@contoso.com","businessunitid@odata.bind":"/businessunits({{unit}})"}""";

        (await client.PostAsync("systemusers", """{"lastname":"Olive"}""")).Status.Should().Be(400);
        var answer = await client.PostAsync(
            "systemusers?$select=fullname,isdisabled", body, ("Prefer", "return=representation"));
        var id = answer.Json["systemuserid"]!.GetValue<Guid>();
        await client.PatchAsync($"systemusers({id})", """{"isdisabled":true}""");

        answer.Json["fullname"]!.GetValue<string>().Should().Be("Jim Olive");
        client.Emulator.Table("systemuser").Get(id)["isdisabled"].Should().Be(true);
    }

    private static string Currency(string code) =>
        $$"""{"currencyname":"{{code}}","isocurrencycode":"{{code}}","currencysymbol":"x","currencyprecision":2,"exchangerate":0.5}""";

    private Guid Euro() => Currencies.Insert(
        ("currencyname", "Euro"), ("isocurrencycode", "EUR"), ("currencysymbol", "€"), ("currencyprecision", 2),
        ("exchangerate", 0.5m)).Id;
}
