using System.Text;

namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseQueryTests : IAsyncLifetime
{
    private DataverseClient client = null!;

    public async Task InitializeAsync()
    {
        client = await DataverseClient.StartAsync();
        var lee = client.Contacts.Insert(("firstname", "Frank"), ("lastname", "Lee")).Id;
        client.Accounts.Insert(
            ("name", "Adatum"), ("accountnumber", "1"), ("customertypecode", 3), ("revenue", 100.5m),
            ("primarycontactid", new DataverseReference("contact", lee)));
        client.Accounts.Insert(("name", "50% off"), ("accountnumber", "2"), ("customertypecode", 11));
        client.Accounts.Insert(("name", "Spotsmeyer's"), ("accountnumber", "3"), ("customertypecode", 3));
        client.Accounts.Insert(("name", null), ("accountnumber", "4"));
    }

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Theory]
    [InlineData("name eq 'ADATUM'", "1")]
    [InlineData("name eq 'spotsmeyer''s'", "3")]
    [InlineData("contains(name,'50[%]')", "2")]
    [InlineData("contains(name,'5%f')", "2")]
    [InlineData("startswith(name,'a') or endswith(name,'off')", "12")]
    [InlineData("name eq null", "4")]
    [InlineData("customertypecode eq 3 and statecode eq 0", "13")]
    [InlineData("not (customertypecode eq 3)", "24")]
    [InlineData("revenue gt 100 and revenue lt 101", "1")]
    [InlineData("_primarycontactid_value ne null", "1")]
    [InlineData("primarycontactid/fullname eq 'frank lee'", "1")]
    [InlineData("primarycontactid/lastname eq 'Lee' and createdon ge 2001-01-01T00:00:00Z", "1")]
    [InlineData("Microsoft.Dynamics.CRM.In(PropertyName='customertypecode',PropertyValues=[\"3\",\"11\"])", "123")]
    [InlineData("Microsoft.Dynamics.CRM.NotIn(PropertyName='customertypecode',PropertyValues=[\"3\"])", "2")]
    [InlineData("Microsoft.Dynamics.CRM.Between(PropertyName='accountnumber',PropertyValues=[\"2\",\"3\"])", "23")]
    [InlineData("accountnumber eq @p1 or accountnumber eq @p2&@p1='1'&@p2='4'", "14")]
    public async Task A_filter_finds_its_rows(string filter, string numbers)
    {
        var encoded = string.Join(
            '&', filter.Split('&').Select((part, n) => n == 0 ? Uri.EscapeDataString(part) : part));

        var answer = await client.GetAsync($"accounts?$select=accountnumber&$orderby=accountnumber&$filter={encoded}");

        answer.Status.Should().Be(200, answer.Text);
        string.Concat(answer.Rows.Select(row => (string?)row["accountnumber"])).Should().Be(numbers);
    }

    [Fact]
    public async Task Collections_are_filtered_by_what_they_contain()
    {
        var account = client.Accounts.Rows.Single(row => Equals(row["accountnumber"], "2"));
        client.Contacts.Insert(
            ("lastname", "Townes"), ("parentcustomerid", new DataverseReference("account", account.Id)));

        var any = await client.GetAsync(
            "accounts?$select=accountnumber&$filter=contact_customer_accounts/any(c:c/lastname eq 'townes')");

        any.Rows.Should().ContainSingle().Which["accountnumber"]!.GetValue<string>().Should().Be("2");
    }

    [Theory]
    [InlineData("$filter=nam eq 'A'", 400, "0x80060888")]
    [InlineData("$filter=Name eq 'A'", 400, "0x80060888")]
    [InlineData("$select=parentcustomerid", 400, "0x80060888")]
    [InlineData("$select=name,parentaccountid_value", 400, "0x80060888")]
    [InlineData("$orderby=nam", 400, "0x80060888")]
    [InlineData("$expand=owner", 400, "0x80060888")]
    [InlineData("$skip=1", 400, "0x80060888")]
    [InlineData("fetchXml=%3Cfetch/%3E", 501, "0x80060888")]
    [InlineData("$apply=aggregate(revenue with sum as x)", 501, "0x80060888")]
    [InlineData("$search=x", 400, "0x80060888")]
    [InlineData("$filter=name eq", 400, "0x80060888")]
    [InlineData("$filter=accountid eq 'x'", 400, "0x80060888")]
    [InlineData("$filter=length(name) eq 3", 501, "0x80060888")]
    public async Task A_query_outside_the_service_is_refused(string query, int status, string code) =>
        (await client.GetAsync("accounts?" + query)).ShouldFail(status, code);

    [Fact]
    public async Task An_unknown_column_is_named() =>
        (await client.GetAsync("accounts?$select=nam")).Message.Should()
            .Be("Could not find a property named 'nam' on type 'Microsoft.Dynamics.CRM.account'.");

    [Theory]
    [InlineData(500, 200)]
    [InlineData(501, 400)]
    [InlineData(900, 400)]
    public async Task A_filter_has_at_most_500_conditions(int conditions, int status)
    {
        var filter = string.Join(" or ", Enumerable.Range(0, conditions).Select(n => $"fax eq '{n}'"));

        var answer = await client.GetAsync($"accounts?$select=name&$filter={filter}");

        answer.Status.Should().Be(status);
        if (status != 200)
        {
            answer.Code.Should().Be("0x8004430C");
        }
    }

    [Fact]
    public async Task Values_of_a_list_count_as_conditions()
    {
        static string In(
            int values) =>
            $"Microsoft.Dynamics.CRM.In(PropertyName='fax',PropertyValues=[{string.Join(',', Enumerable.Repeat("\"1\"", values))}])";

        (await client.GetAsync($"accounts?$select=name&$filter={In(500)}")).Status.Should().Be(200);
        (await client.GetAsync($"accounts?$select=name&$filter={In(501)}")).ShouldFail(400, "0x8004430C");
    }

    [Fact]
    public async Task Order_follows_the_display_name_of_a_lookup()
    {
        var zoe = client.Contacts.Insert(("lastname", "Zoe")).Id;
        var abe = client.Contacts.Insert(("lastname", "Abe")).Id;
        client.Accounts.Insert(("accountnumber", "5"), ("primarycontactid", new DataverseReference("contact", zoe)));
        client.Accounts.Insert(("accountnumber", "6"), ("primarycontactid", new DataverseReference("contact", abe)));

        var answer = await client.GetAsync(
            "accounts?$select=accountnumber&$filter=_primarycontactid_value ne null&$orderby=_primarycontactid_value desc");

        string.Concat(answer.Rows.Select(row => (string?)row["accountnumber"])).Should().Be("516");
    }

    [Fact]
    public async Task Pages_are_as_long_as_preferred_and_the_last_has_no_link()
    {
        (string, string) prefer = ("Prefer", "odata.maxpagesize=3");

        var first = await client.GetAsync("accounts?$select=accountnumber&$orderby=name desc&$top=1", prefer);
        var second = await client.GetAsync(first.NextLink!, prefer);

        first.Header("Preference-Applied").Should().Be("odata.maxpagesize=3");
        first.NextLink.Should().StartWith(
            $"{client.Root}accounts?$select=accountnumber&$orderby=name desc&$top=1&$skiptoken=%3Ccookie%20pagenumber".Replace(" desc", "%20desc", StringComparison.Ordinal));
        first.Rows.Should().HaveCount(3);
        second.Rows.Should().HaveCount(1);
        second.NextLink.Should().BeNull();
        string.Concat(first.Rows.Concat(second.Rows).Select(row => (string?)row["accountnumber"])).Should().Be("3124");
    }

    [Fact]
    public async Task A_page_link_can_be_followed_twice_and_continues_behind_the_last_row_whatever_happened_to_it()
    {
        (string, string) prefer = ("Prefer", "odata.maxpagesize=2");
        var first = await client.GetAsync("accounts?$select=accountnumber&$orderby=accountnumber", prefer);
        var last = client.Accounts.Rows.Single(row => Equals(row["accountnumber"], "2"));

        client.Accounts.Delete(last.Id);
        client.Accounts.Insert(("accountnumber", "0"));

        foreach (var _ in Enumerable.Range(0, 2))
        {
            string.Concat(
                (await client.GetAsync(first.NextLink!, prefer)).Rows.Select(
                    row => (string?)row["accountnumber"])).Should().Be("34");
        }
    }

    [Fact]
    public async Task Top_alone_cuts_without_a_link()
    {
        var answer = await client.GetAsync("accounts?$select=name&$top=2");

        answer.Rows.Should().HaveCount(2);
        answer.NextLink.Should().BeNull();
    }

    [Fact]
    public async Task A_page_and_a_count_never_go_over_5000()
    {
        for (var i = 0; i < 5000; i++)
        {
            client.Contacts.Insert(("lastname", "L"));
        }

        var answer = await client.GetAsync(
            "contacts?$select=lastname&$count=true",
            ("Prefer", "odata.maxpagesize=9000,odata.include-annotations=\"*\""));
        using var http = client.NewHttp("t");
        var count = await http.GetByteArrayAsync(new Uri("contacts/$count", UriKind.Relative));

        answer.Rows.Should().HaveCount(5000);
        answer.NextLink.Should().NotBeNull();
        answer.Json["@odata.count"]!.GetValue<int>().Should().Be(5000);
        answer.Json["@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded"]!.GetValue<bool>().Should().BeTrue();
        count.Should().Equal([0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes("5000")]);
    }

    [Fact]
    public async Task A_filtered_count_is_plain_text()
    {
        var answer = await client.GetAsync("accounts/$count?$filter=customertypecode eq 3");

        answer.Header("Content-Type").Should().Be("text/plain");
        answer.Text.TrimStart('\uFEFF').Should().Be("2");
    }

    [Fact]
    public async Task Annotations_come_only_when_asked_for_and_only_those()
    {
        const string Url =
            "accounts?$select=customertypecode,_ownerid_value,_primarycontactid_value,revenue&$filter=accountnumber eq '1'";

        var none = (await client.GetAsync(Url)).Rows.Single().AsObject();
        var lookups =
            (await client.GetAsync(
                Url, ("Prefer", "odata.include-annotations=\"Microsoft.Dynamics.CRM.*\""))).Rows.Single();
        var all = (await client.GetAsync(Url, ("Prefer", "odata.include-annotations=\"*\""))).Rows.Single();

        none.Select(member => member.Key).Where(name => name.Contains('@', StringComparison.Ordinal)).Should()
            .Equal("@odata.etag");
        lookups["_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname"]!.GetValue<string>().Should()
            .Be("systemuser");
        lookups["_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty"]!.GetValue<string>().Should()
            .Be("ownerid");
        lookups["_primarycontactid_value@OData.Community.Display.V1.FormattedValue"].Should().BeNull();
        all["_primarycontactid_value@OData.Community.Display.V1.FormattedValue"]!.GetValue<string>().Should()
            .Be("Frank Lee");
        all["customertypecode@OData.Community.Display.V1.FormattedValue"]!.GetValue<string>().Should().Be("Customer");
        all["revenue@OData.Community.Display.V1.FormattedValue"]!.GetValue<string>().Should().Be("$100.50");
    }

    [Fact]
    public async Task Expands_bring_rows_references_and_collections()
    {
        var account = client.Accounts.Rows.Single(row => Equals(row["accountnumber"], "1"));
        var contact = client.Contacts.Rows.Single();
        client.Contacts.Update(contact.Id, ("parentcustomerid", new DataverseReference("account", account.Id)));

        var row = (await client.GetAsync(
            $"accounts({account.Id})?$select=name&$expand=primarycontactid($select=fullname),contact_customer_accounts($select=lastname;$filter=lastname eq 'lee'),parentaccountid($select=name)")).Json;
        var reference =
            (await client.GetAsync($"accounts({account.Id})?$select=name&$expand=primarycontactid/$ref")).Json;

        row["primarycontactid"]!["fullname"]!.GetValue<string>().Should().Be("Frank Lee");
        row["parentaccountid"].Should().BeNull();
        row["contact_customer_accounts"]!.AsArray().Should().ContainSingle().Which!["lastname"]!.GetValue<string>()
            .Should().Be("Lee");
        row["contact_customer_accounts@odata.nextLink"]!.GetValue<string>().Should()
            .StartWith($"{client.Root}accounts({account.Id})/contact_customer_accounts");
        reference["primarycontactid"]!["@odata.id"]!.GetValue<string>().Should()
            .Be($"{client.Root}contacts({contact.Id})");
    }

    [Fact]
    public async Task Users_are_addressed_by_id_and_carry_an_ownerid_of_the_same_value()
    {
        var id = client.Emulator.UserId;

        (await client.GetAsync($"systemusers({id})?$select=fullname")).Json["ownerid"]!.GetValue<Guid>().Should()
            .Be(id);
        (await client.GetAsync($"systemusers(ownerid={id})?$select=fullname")).Status.Should().Be(200);
        (await client.GetAsync($"systemusers(systemuserid={id})")).Status.Should().Be(400);
        (await client.GetAsync(
            "systemusers?$filter=isdisabled eq false and islicensed eq true and isintegrationuser eq false")).Rows.Should().ContainSingle();
    }

    [Fact]
    public async Task The_organization_tells_its_base_currency() =>
        (await client.GetAsync(
            "organizations?$select=_basecurrencyid_value")).Rows.Single()["_basecurrencyid_value"]!.GetValue<Guid>()
            .Should().Be(client.Emulator.BaseCurrencyId);
}
