namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseQueryOptionTests : IAsyncLifetime
{
    private const string Bad = "0x80060888";

    private DataverseClient client = null!;
    private Guid account;

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync();
        account = client.Accounts.Insert(("name", "Adatum"), ("accountnumber", "1"), ("revenue", 5m)).Id;
        client.Accounts.Insert(("name", "Contoso"), ("accountnumber", "2"), ("revenue", 7m));
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Theory]
    [InlineData("$foo=1", 400)]
    [InlineData("$Filter=name eq 'Adatum'", 400)]
    [InlineData("$skip=0", 400)]
    [InlineData("$search=x", 400)]
    [InlineData("$format=json", 400)]
    [InlineData("$compute=revenue add 1 as x", 400)]
    [InlineData("$id=x", 400)]
    [InlineData("filter=name eq 'Adatum'", 400)]
    [InlineData("Top=1", 400)]
    [InlineData("$apply=groupby((name))", 501)]
    [InlineData("fetchXml=%3Cfetch/%3E", 501)]
    [InlineData("FetchXml=%3Cfetch/%3E", 501)]
    [InlineData("savedQuery=00000000-0000-0000-0000-000000000001", 501)]
    [InlineData("userQuery=00000000-0000-0000-0000-000000000001", 501)]
    [InlineData("sql=select name from account", 501)]
    [InlineData("partitionId=x", 501)]
    [InlineData("$top=-1", 400)]
    [InlineData("$top=x", 400)]
    [InlineData("$top=", 400)]
    [InlineData("$select=", 400)]
    [InlineData("$filter=", 400)]
    [InlineData("$filter=%20", 400)]
    [InlineData("$orderby=", 400)]
    [InlineData("$count=maybe", 400)]
    [InlineData("$select=name&$select=name", 400)]
    [InlineData("@p=1&@p=2", 400)]
    [InlineData("$select=primarycontactid", 400)]
    [InlineData("$select=primarycontactid/fullname", 400)]
    [InlineData("$select=contact_customer_accounts", 400)]
    [InlineData("$deltatoken=x", 400)]
    [InlineData("$deltatoken=12!yesterday", 400)]
    [InlineData("$expand=primarycontactid($filter=fullname eq 'x')", 400)]
    [InlineData("$expand=primarycontactid($top=1)", 400)]
    [InlineData("$expand=primarycontactid($orderby=fullname)", 400)]
    [InlineData("$expand=primarycontactid($select=parentcustomerid_account)", 400)]
    [InlineData("$expand=contact_customer_accounts($count=true)", 400)]
    [InlineData("$expand=contact_customer_accounts($skip=1)", 400)]
    [InlineData("$expand=contact_customer_accounts($levels=2)", 400)]
    [InlineData("$expand=contact_customer_accounts($search=x)", 400)]
    [InlineData("$expand=contact_customer_accounts/$ref", 400)]
    [InlineData("$expand=contact_customer_accounts/$count", 400)]
    [InlineData("$expand=contact_customer_accounts($expand=parentcustomerid_account($top=1))", 400)]
    [InlineData("$filter=contact_customer_accounts/$count gt 1", 501)]
    [InlineData("$filter=revenue add 1 gt 2", 501)]
    [InlineData("$filter=name in ('a','b')", 501)]
    [InlineData("$filter=tolower(name) eq 'a'", 501)]
    [InlineData("$filter=year(createdon) eq 2020", 501)]
    [InlineData("$filter=-revenue lt 0", 501)]
    public async Task What_is_not_evaluated_is_refused(string query, int status) =>
        (await client.GetAsync("accounts?" + query)).ShouldFail(status, Bad);

    [Fact]
    public async Task A_paging_cookie_is_refused_if_it_is_malformed_or_of_another_table()
    {
        var contacts = Enumerable.Range(0, 2).Select(_ => client.Contacts.Insert(("lastname", "L"))).ToList();
        var page = await client.GetAsync("contacts?$select=lastname", ("Prefer", "odata.maxpagesize=1"));
        var cookie = page.NextLink![page.NextLink!.IndexOf("$skiptoken", StringComparison.Ordinal)..];

        contacts.Should().HaveCount(2);
        (await client.GetAsync("accounts?" + cookie)).ShouldFail(400, "0x8004430A");
        (await client.GetAsync("accounts?$skiptoken=2")).ShouldFail(400, "0x8004430A");
    }

    [Theory]
    [InlineData("$filter=name eq 'Contoso'")]
    [InlineData("$orderby=name")]
    [InlineData("$top=1")]
    [InlineData("$count=true")]
    [InlineData("$skiptoken=x")]
    [InlineData("$foo=1")]
    [InlineData("$select=nam")]
    public async Task A_single_row_takes_no_options_of_collections(string query) =>
        (await client.GetAsync($"accounts({account})?{query}")).ShouldFail(400, Bad);

    [Theory]
    [InlineData("accounts/$count?$top=1")]
    [InlineData("accounts/$count?$select=name")]
    [InlineData("accounts/$count?$orderby=name")]
    [InlineData("accounts({0})/name?$select=name")]
    [InlineData("accounts({0})/contact_customer_accounts?$foo=1")]
    [InlineData("accounts({0})/primarycontactid?$filter=fullname eq 'x'")]
    [InlineData("accounts({0})/primarycontactid/$ref?$select=fullname")]
    [InlineData("systemusers({0})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges()?$top=1")]
    public async Task An_option_is_refused_where_it_means_nothing(string url) =>
        (await client.GetAsync(string.Format(null, url, account))).ShouldFail(400, Bad);

    [Fact]
    public async Task A_write_takes_only_the_options_of_the_row_that_it_answers_with()
    {
        (await client.PostAsync("accounts?$filter=name eq 'x'", """{"name":"A"}""")).ShouldFail(400, Bad);
        (await client.PatchAsync($"accounts({account})?$top=1", """{"name":"A"}""")).ShouldFail(400, Bad);
        (await client.DeleteAsync($"accounts({account})?$select=name")).ShouldFail(400, Bad);
        (await client.PostAsync("accounts/Microsoft.Dynamics.CRM.CreateMultiple?$select=name", """{"Targets":[]}"""))
            .ShouldFail(400, Bad);
        client.Accounts.Rows.Select(row => row["name"]).Should().BeEquivalentTo(["Adatum", "Contoso"]);

        var updated = await client.PatchAsync(
            $"accounts({account})?$select=name", """{"fax":"1"}""", ("Prefer", "return=representation"));
        updated.Json["name"]!.GetValue<string>().Should().Be("Adatum");
    }

    [Theory]
    [InlineData("tag=from the integration")]
    [InlineData("api-version=9.2")]
    [InlineData("_=1700000000")]
    public async Task Options_of_the_clients_own_are_passed_over(string query) =>
        (await client.GetAsync("accounts?$select=name&" + query)).Rows.Should().HaveCount(2);

    [Theory]
    [InlineData(15, 200)]
    [InlineData(16, 400)]
    public async Task At_most_15_expansions_are_evaluated_nested_ones_included(int expansions, int status)
    {
        var nested = string.Join(
            ',', new[]
            {
                "createdby", "modifiedby", "owninguser", "owningteam", "owningbusinessunit", "transactioncurrencyid",
                "createdonbehalfby", "modifiedonbehalfby", "ownerid", "parentcustomerid_contact", "preferredsystemuserid",
                "masterid", "parentcustomerid_account",
            }.Take(expansions - 3));

        var answer = await client.GetAsync(
            $"accounts?$select=name&$expand=parentaccountid,createdby,primarycontactid($expand={nested})");

        answer.Status.Should().Be(status, answer.Text);
    }

    [Theory]
    [InlineData("$filter=name eq @p1&@p1='Adatum'", "1")]
    [InlineData("$filter=@p2 eq @p1&@p1='Adatum'&@p2=name", "1")]
    [InlineData("$filter=contains(name,@p1)&@p1='dat'", "1")]
    [InlineData("$filter=accountid eq @p1&@p1={0}", "1")]
    [InlineData("$filter=revenue gt @p1&@p1=6", "2")]
    [InlineData("$filter=name eq @p1", "")]
    [InlineData("$filter=name ne @p1", "12")]
    [InlineData("$filter=fax eq @p1", "12")]
    [InlineData("$filter=revenue gt @p1", "")]
    [InlineData("$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=@p2)&@p1='name'&@p2=[\"Contoso\",\"x\"]", "2")]
    [InlineData("$filter=Microsoft.Dynamics.CRM.Today(PropertyName=@p1)&@p1='createdon'", "12")]
    [InlineData("$filter=Microsoft.Dynamics.CRM.LastXDays(PropertyName=@p1,PropertyValue=@p2)&@p1='createdon'&@p2=2", "12")]
    public async Task A_parameter_alias_stands_for_its_value_and_for_null_without_one(string query, string numbers)
    {
        var answer = await client.GetAsync("accounts?$orderby=accountnumber&" + string.Format(null, query, account));

        answer.Status.Should().Be(200, answer.Text);
        string.Concat(answer.Rows.Select(row => (string?)row["accountnumber"])).Should().Be(numbers);
    }

    [Fact]
    public async Task A_parameter_alias_names_the_column_of_an_order()
    {
        var answer = await client.GetAsync("accounts?$select=name&$orderby=@p1 desc&$filter=@p1 ge @p2&@p1=revenue&@p2=5");

        answer.Status.Should().Be(200, answer.Text);
        answer.Rows.Select(row => (string)row["name"]!).Should().Equal("Contoso", "Adatum");
    }

    [Theory]
    [InlineData("accounts(@id)?@id={0}")]
    [InlineData("accounts(accountid=@id)?@id={0}&$select=name")]
    [InlineData("accounts(%40id)?%40id={0}")]
    [InlineData("accounts(@id)/name?@id={0}")]
    [InlineData("accounts(@id)/contact_customer_accounts?@id={0}")]
    [InlineData("EntityDefinitions(LogicalName=@p)?@p='account'&$select=LogicalName")]
    [InlineData("EntityDefinitions(LogicalName=@p)/Attributes(LogicalName=@q)?@p='account'&@q='name'")]
    public async Task A_parameter_alias_stands_in_a_key(string url) =>
        (await client.GetAsync(string.Format(null, url, account))).Status.Should().Be(200);

    [Theory]
    [InlineData("accounts(@id)")]
    [InlineData("accounts(@id)?@id='x'")]
    [InlineData("EntityDefinitions(@p)?@p='@p'")]
    public async Task A_key_by_an_alias_that_makes_no_sense_is_refused(string url) =>
        (await client.GetAsync(url)).Status.Should().Be(400);

    [Fact]
    public async Task An_alias_between_quotes_is_a_text()
    {
        client.Emulator.AddTable(DataverseCustomTableTests.Project).Insert(("new_number", "(@p)"));

        (await client.GetAsync("new_projects(new_number='(@p)')?@p='other'")).Json["new_number"]!.GetValue<string>().Should().Be("(@p)");
        (await client.GetAsync("new_projects(new_number=@p)?@p='(@p)'")).Status.Should().Be(200);
    }

    [Theory]
    [InlineData("$filter=name eq @p1&@p1=nam", 400)]
    [InlineData("$filter=name eq @p1&@p1='", 400)]
    [InlineData("$filter=Microsoft.Dynamics.CRM.In(PropertyName=@p1,PropertyValues=[\"x\"])", 400)]
    public async Task An_alias_that_makes_no_sense_is_refused(string query, int status) =>
        (await client.GetAsync("accounts?" + query)).ShouldFail(status, Bad);

    [Theory]
    [InlineData("$select=lastname", 3)]
    [InlineData("$select=lastname;$filter=lastname eq 'O''Neil; (x), y'", 1)]
    [InlineData("$orderby=lastname desc;$top=2;$select=lastname", 2)]
    [InlineData("$select=lastname;$filter=lastname ne 'A';$expand=parentcustomerid_account($select=name)", 2)]
    public async Task The_link_of_an_expansion_asks_for_the_same_rows(string options, int count)
    {
        foreach (var name in new[] { "A", "B", "O'Neil; (x), y" })
        {
            client.Contacts.Insert(("lastname", name), ("parentcustomerid", new DataverseReference("account", account)));
        }

        var expanded = (await client.GetAsync(
            $"accounts({account})?$select=name&$expand=primarycontactid($select=fullname),contact_customer_accounts({options})")).Json;
        var linked = await client.GetAsync((string)expanded["contact_customer_accounts@odata.nextLink"]!);

        linked.Status.Should().Be(200, linked.Text);
        linked.Rows.Should().HaveCount(count);
        linked.Json["value"]!.ToJsonString().Should().Be(expanded["contact_customer_accounts"]!.ToJsonString());
    }

    [Fact]
    public async Task A_repeated_option_fails_its_own_part_of_a_batch_only()
    {
        const string Part = "--batch_A\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n";
        const string Version = " HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n";

        var answer = await client.BatchAsync(
            $"{Part}GET accounts?$top=1&$top=1{Version}{Part}GET accounts?$select=name{Version}--batch_A--\r\n",
            ("Prefer", "odata.continue-on-error"));

        answer.Status.Should().Be(200, answer.Text);
        answer.Text.Should().Contain("HTTP/1.1 400").And.Contain("HTTP/1.1 200").And.Contain("Adatum");
    }
}
