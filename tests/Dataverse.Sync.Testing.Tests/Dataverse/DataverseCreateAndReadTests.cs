namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseCreateAndReadTests : IAsyncLifetime
{
    private DataverseClient client = null!;

    public async Task InitializeAsync() => client = await DataverseClient.StartAsync();

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Fact]
    public async Task A_create_answers_204_with_the_url_of_the_row_and_no_body()
    {
        var answer = await client.PostAsync("accounts", """{"name":"Adatum"}""");

        answer.Status.Should().Be(204);
        answer.Text.Should().BeEmpty();
        var row = client.Accounts.Rows.Single();
        answer.Header("OData-EntityId").Should().Be($"{client.Root}accounts({row.Id})");
        answer.Header("OData-Version").Should().Be("4.0");
        row["name"].Should().Be("Adatum");
    }

    [Fact]
    public async Task A_create_that_wants_the_row_back_gets_201_with_the_selected_columns_key_and_tag()
    {
        var answer = await client.PostAsync(
            "accounts?$select=name", """{"name":"Adatum","telephone1":"1"}""", ("Prefer", "return=representation"));

        var row = client.Accounts.Rows.Single();
        answer.Status.Should().Be(201);
        answer.Header("Preference-Applied").Should().Be("return=representation");
        answer.Header("OData-EntityId").Should().BeNull();
        answer.Header("ETag").Should().Be(row.ETag);
        answer.Text.Should().Be(
            $$"""{"@odata.context":"{{client.Root}}$metadata#accounts(name)/$entity","@odata.etag":"{{row.ETag.Replace("\"", "\\\"", StringComparison.Ordinal)}}","name":"Adatum","accountid":"{{row.Id}}"}""");
    }

    [Fact]
    public async Task A_create_with_an_own_key_keeps_it_and_a_repetition_is_refused_without_a_trace()
    {
        var id = Guid.NewGuid();
        var body = $$"""{"accountid":"{{id}}","name":"Adatum"}""";

        (await client.PostAsync("accounts", body)).Status.Should().Be(204);
        var version = client.Accounts.Get(id).Version;
        var again = await client.PostAsync("accounts", body.Replace("Adatum", "Other", StringComparison.Ordinal));

        again.ShouldFail(412, "0x80040237");
        client.Accounts.Get(id).Should()
            .Match<DataverseRow>(row => row.Version == version && (string?)row["name"] == "Adatum");
        client.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task A_retrieve_returns_every_column_with_nulls_and_no_annotations()
    {
        var id = client.Accounts.Insert(("name", "Adatum")).Id;

        var row = (await client.GetAsync($"accounts({id})")).Json;

        row["name"]!.GetValue<string>().Should().Be("Adatum");
        row.ContainsKey("telephone1").Should().BeTrue();
        row["telephone1"].Should().BeNull();
        row["statecode"]!.GetValue<int>().Should().Be(0);
        row.Select(member => member.Key).Where(name => name.Contains('@', StringComparison.Ordinal)).Should()
            .Equal("@odata.context", "@odata.etag");
    }

    [Fact]
    public async Task A_missing_row_is_404_and_its_message_names_table_and_id()
    {
        var id = Guid.NewGuid();

        var answer = await client.GetAsync($"accounts({id})");

        answer.ShouldFail(404, "0x80040217");
        answer.Message.Should().Be($"account With Id = {id} Does Not Exist");
    }

    [Fact]
    public async Task Money_has_four_decimals_dates_whole_utc_seconds_and_ids_lower_case()
    {
        var body =
            """{"accountid":"ADD5636F-9DD0-5C48-BB96-0824EDEB88E4","name":"A","creditlimit":20000,"overriddencreatedon":"2024-05-31T10:00:00.987+02:00"}""";
        await client.PostAsync("accounts", body);

        var text =
            (await client.GetAsync(
                "accounts(add5636f-9dd0-5c48-bb96-0824edeb88e4)?$select=creditlimit,createdon")).Text;

        text.Should().Contain("\"creditlimit\":20000.0000,").And.Contain("\"createdon\":\"2024-05-31T08:00:00Z\"")
            .And.Contain("\"accountid\":\"add5636f-9dd0-5c48-bb96-0824edeb88e4\"");
    }

    [Fact]
    public async Task Selecting_money_brings_the_currency_and_selecting_an_address_part_its_composite()
    {
        var id = client.Accounts.Insert(
            ("creditlimit", 5m), ("address1_line1", "Main Street 1"), ("address1_city", "Wien"),
            ("address1_country", "AT")).Id;

        var row = (await client.GetAsync($"accounts({id})?$select=creditlimit,address1_city")).Json;

        row["_transactioncurrencyid_value"]!.GetValue<Guid>().Should().Be(client.Emulator.BaseCurrencyId);
        row["address1_composite"]!.GetValue<string>().Should().Be("Main Street 1\r\nWien\r\nAT");
    }

    [Theory]
    [InlineData("{\"nam\":\"A\"}")]
    [InlineData("{\"Name\":\"A\"}")]
    [InlineData("{\"name\":5}")]
    [InlineData("{\"numberofemployees\":\"5\"}")]
    [InlineData("{\"name\":")]
    [InlineData("[]")]
    public async Task A_body_that_does_not_fit_the_table_is_400_and_writes_nothing(string body)
    {
        (await client.PostAsync("accounts", body)).ShouldFail(400, "0x80048d19");

        client.Accounts.Count.Should().Be(0);
    }

    [Fact]
    public async Task A_conditional_retrieve_of_an_unchanged_row_is_304()
    {
        var row = client.Accounts.Insert(("name", "Adatum"));

        (await client.GetAsync($"accounts({row.Id})", ("If-None-Match", row.ETag))).Status.Should().Be(304);
        (await client.GetAsync($"accounts({row.Id})", ("If-None-Match", "W/\"1\""))).Status.Should().Be(200);
        (await client.GetAsync($"accounts({row.Id})", ("If-None-Match", "null"))).Status.Should().Be(200);
    }

    [Fact]
    public async Task A_row_created_with_nested_rows_is_created_with_all_of_them()
    {
        await client.PostAsync(
            "accounts",
            """{"name":"Adatum","primarycontactid":{"lastname":"Lee"},"contact_customer_accounts":[{"lastname":"Townes"}]}""");

        var account = client.Accounts.Rows.Single();
        client.Contacts.Rows.Select(row => row["lastname"]).Should().BeEquivalentTo(["Lee", "Townes"]);
        client.Contacts.Rows.Single(row => Equals(row["lastname"], "Townes"))["parentcustomerid"].Should()
            .Be(new DataverseReference("account", account.Id));
        account["primarycontactid"].Should().BeOfType<DataverseReference>().Which.Table.Should().Be("contact");
    }

    [Fact]
    public async Task Single_columns_and_related_rows_have_urls_of_their_own()
    {
        var contact = client.Contacts.Insert(("lastname", "Lee"));
        var id = client.Accounts.Insert(
            ("name", "Adatum"), ("primarycontactid", new DataverseReference("contact", contact.Id))).Id;

        (await client.GetAsync($"accounts({id})/name")).Json["value"]!.GetValue<string>().Should().Be("Adatum");
        (await client.GetAsync($"accounts({id})/name/$value")).Text.Should().Be("Adatum");
        (await client.GetAsync($"accounts({id})/telephone1")).Status.Should().Be(204);
        (await client.GetAsync(
            $"accounts({id})/primarycontactid?$select=lastname")).Json["lastname"]!.GetValue<string>()
            .Should().Be("Lee");
        (await client.SendAsync(HttpMethod.Put, $"accounts({id})/name", """{"value":"Contoso"}""", [])).Status.Should()
            .Be(204);
        (await client.DeleteAsync($"accounts({id})/name")).Status.Should().Be(204);
        client.Accounts.Get(id)["name"].Should().BeNull();
    }

    [Fact]
    public async Task WhoAmI_names_user_business_unit_and_organization()
    {
        var answer = await client.GetAsync("WhoAmI");

        answer.Json["UserId"]!.GetValue<Guid>().Should().Be(client.Emulator.UserId);
        answer.Json["OrganizationId"]!.GetValue<Guid>().Should().Be(client.Emulator.OrganizationId);
        answer.Json["BusinessUnitId"]!.GetValue<Guid>().Should()
            .Be(client.Emulator.Table("businessunit").Rows.Single().Id);
        answer.Header("x-ms-dop-hint").Should().Be("5");
    }

    [Theory]
    [InlineData("api/data/v9.0/WhoAmI", 200)]
    [InlineData("api/data/v9.1/WhoAmI()", 200)]
    [InlineData("api/data/v8.7/WhoAmI", 400)]
    [InlineData("api/other", 404)]
    public async Task Only_known_versions_of_the_service_answer(string path, int status) =>
        (await client.GetAsync(new Uri(client.Emulator.BaseAddress, path).ToString())).Status.Should().Be(status);

    [Theory]
    [InlineData("POST", "WhoAmI", 404)]
    [InlineData("GET", "accounts/Microsoft.Dynamics.CRM.CreateMultiple", 404)]
    [InlineData("PATCH", "accounts", 405)]
    [InlineData("DELETE", "accounts", 405)]
    [InlineData("GET", "acounts", 404)]
    [InlineData("GET", "Accounts", 404)]
    public async Task A_verb_or_segment_that_does_not_exist_is_refused(string method, string path, int status) =>
        (await client.SendAsync(new HttpMethod(method), path, method == "GET" ? null : "{}", [])).Status.Should()
            .Be(status);

    [Fact]
    public async Task An_unknown_entity_set_is_named_in_the_error()
    {
        var answer = await client.GetAsync("acounts");

        answer.ShouldFail(404, "0x8006088a");
        answer.Message.Should().Be("Resource not found for the segment 'acounts'.");
    }
}
