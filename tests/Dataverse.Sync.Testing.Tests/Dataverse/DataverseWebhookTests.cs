using System.Text.Json.Nodes;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing.Tests;

/// <summary>Webhooks are registered in the tables of the service and post what was committed.</summary>
public sealed class DataverseWebhookTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Create_update_and_delete_are_posted_with_the_headers_of_the_service()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var client = await DataverseClient.StartAsync();
        _ = client.Emulator.RegisterWebhook(receiver.Url, "account", DataverseWebhookKey.Header("x-key", "secret & <more>"));

        var id = client.Accounts.Insert(("name", "Adatum")).Id;
        var post = await receiver.NextAsync();

        (post.Method, post.Header("Content-Type"), post.Header("x-key")).Should().Be(("POST", "application/json", "secret & <more>"));
        (post.Header("x-ms-dynamics-organization"), post.Header("x-ms-dynamics-entity-name"), post.Header("x-ms-dynamics-request-name"))
            .Should().Be((client.Emulator.BaseAddress.Host, "account", "Create"));
        Guid.TryParse(post.Header("x-ms-correlation-request-id"), out _).Should().BeTrue();
        post.Headers.Should().NotContainKey("x-ms-dynamics-msg-size-exceeded");
        _ = client.Accounts.Update(id, ("name", "Contoso"));
        (await receiver.NextBodyAsync())["MessageName"]!.GetValue<string>().Should().Be("Update");
        client.Accounts.Delete(id);
        var deleted = await receiver.NextBodyAsync();
        ((string)deleted["MessageName"]!, (string)deleted["PrimaryEntityId"]!).Should().Be(("Delete", id.ToString()));
        Target(deleted)["__type"]!.GetValue<string>().Should().StartWith("EntityReference:");
        await EndedAsync(client, 3);
        client.Emulator.WebhookPosts.Should().OnlyContain(ended => ended.Succeeded && ended.Attempts == 1 && ended.Id == id);
    }

    [Fact]
    public async Task Body_is_an_execution_context_with_the_columns_of_the_request()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var client = await DataverseClient.StartAsync();
        var id = client.Accounts.Insert(("name", "Adatum"), ("telephone1", "1")).Id;
        _ = client.Emulator.RegisterWebhook(receiver.Url, "account", DataverseWebhookKey.Code("secret"), "Update");

        (await client.PatchAsync($"accounts({id})", """{"name":"Adatum","creditlimit":7.5,"accountcategorycode":1}"""))
            .Status.Should().Be(204);

        var body = await receiver.NextBodyAsync();
        ((string)body["PrimaryEntityName"]!, (int)body["Stage"]!, (int)body["Mode"]!, (string)body["OrganizationId"]!)
            .Should().Be(("account", 40, 1, client.Emulator.OrganizationId.ToString()));
        ((string)body["UserId"]!).Should().Be(client.Emulator.UserId.ToString());
        var attributes = Target(body)["Attributes"]!.AsArray().ToDictionary(item => (string)item!["key"]!, item => item!["value"]);
        attributes.Keys.Should().Contain(["accountid", "name", "creditlimit", "accountcategorycode", "modifiedon"])
            .And.NotContain("telephone1");
        ((string)attributes["creditlimit"]!["__type"]!, (decimal)attributes["creditlimit"]!["Value"]!)
            .Should().Be(("Money:http://schemas.microsoft.com/xrm/2011/Contracts", 7.5m));
        ((int)attributes["accountcategorycode"]!["Value"]!).Should().Be(1);
        ((string)attributes["modifiedon"]!).Should().MatchRegex(@"^/Date\(\d+\)/$");
        body["ParentContext"]!["ParentContext"].Should().BeNull();
    }

    [Theory]
    [InlineData(4, "?x=1&code=s%26t")]
    [InlineData(6, "?x=1&key=s%26t")]
    public async Task Key_is_put_into_the_query_beside_what_the_address_has(int type, string query)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var client = await DataverseClient.StartAsync();
        var key = type == 4 ? DataverseWebhookKey.Code("s&t") : DataverseWebhookKey.Query("key", "s&t");
        _ = client.Emulator.RegisterWebhook(new($"{receiver.Url}?x=1"), "account", key);

        _ = client.Accounts.Insert(("name", "Adatum"));

        (await receiver.NextAsync()).PathAndQuery.Should().Be($"/hook{query}");
    }

    [Fact]
    public async Task Only_what_was_committed_is_posted_and_only_of_the_table()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var client = await DataverseClient.StartAsync();
        _ = client.Emulator.RegisterWebhook(receiver.Url, "account", DataverseWebhookKey.Code("secret"));
        const string Head = "--c\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\nContent-ID: ";
        const string Post = "\r\n\r\nPOST /api/data/v9.2/accounts HTTP/1.1\r\nContent-Type: application/json\r\n\r\n";

        (await client.BatchAsync(
            "--batch_A\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n"
            + Head + "1" + Post + "{\"name\":\"lost\"}\r\n"
            + Head + "2" + Post + "{\"nonsense\":1}\r\n--c--\r\n--batch_A--\r\n"))
            .Text.Should().Contain("400");
        _ = client.Contacts.Insert(("lastname", "Glynn"));
        _ = client.Accounts.Insert(("name", "kept"));

        Target(await receiver.NextBodyAsync())["Attributes"]!.ToJsonString().Should().Contain("kept");
        await EndedAsync(client, 1);
        client.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task Large_body_loses_the_properties_that_the_documentation_names()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var client = await DataverseClient.StartAsync();
        client.Accounts.AddColumn(DataverseColumn.Memo("new_text", 1_000_000));
        _ = client.Emulator.RegisterWebhook(receiver.Url, "account", DataverseWebhookKey.Code("secret"));

        _ = client.Accounts.Insert(("name", "Adatum"), ("new_text", new string('x', 300_000)));

        var post = await receiver.NextAsync();
        post.Headers.Should().ContainKey("x-ms-dynamics-msg-size-exceeded");
        var body = JsonNode.Parse(post.Body.Span)!.AsObject();
        body.Select(property => property.Key).Should()
            .NotContain(["InputParameters", "ParentContext", "PreEntityImages", "PostEntityImages"])
            .And.Contain(["PrimaryEntityName", "PrimaryEntityId", "OrganizationId"]);
    }

    [Theory]
    [InlineData(503, 2)]
    [InlineData(502, 2)]
    [InlineData(504, 2)]
    [InlineData(500, 1)]
    [InlineData(429, 1)]
    [InlineData(401, 1)]
    public async Task Receiver_that_fails_has_one_more_attempt_after_errors_of_the_network_only(int status, int attempts)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var client = await DataverseClient.StartAsync();
        receiver.Statuses.Enqueue(status);
        receiver.Statuses.Enqueue(status);
        _ = client.Emulator.RegisterWebhook(receiver.Url, "account", DataverseWebhookKey.Code("secret"));

        (await client.PostAsync("accounts", """{"name":"Adatum"}""")).Status.Should().Be(204);

        await EndedAsync(client, 1);
        var ended = client.Emulator.WebhookPosts.Single();
        (ended.Status, ended.Attempts, ended.Succeeded).Should().Be((status, attempts, false));
        client.Accounts.Count.Should().Be(1);
    }

    [Fact]
    public async Task Receiver_that_is_not_there_has_no_effect_on_the_write()
    {
        await using var client = await DataverseClient.StartAsync();
        _ = client.Emulator.RegisterWebhook(new("http://127.0.0.1:9/hook"), "account", DataverseWebhookKey.Code("secret"));

        (await client.PostAsync("accounts", """{"name":"Adatum"}""")).Status.Should().Be(204);

        await EndedAsync(client, 1);
        client.Emulator.WebhookPosts.Single().Status.Should().Be(0);
    }

    [Fact]
    public async Task Client_registers_by_rows_and_deleting_the_endpoint_ends_the_posts()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var client = await DataverseClient.StartAsync();
        var endpoint = await CreatedAsync(client, "serviceendpoints", $$"""
            {"name":"Dataverse.Sync","url":"{{receiver.Url}}","contract":8,"messageformat":2,"authtype":5,
             "authvalue":"<settings><setting name=\"x-webhook-key\" value=\"secret\" /></settings>"}
            """);
        var filter = (await client.GetAsync(
            "sdkmessagefilters?$select=sdkmessagefilterid,_sdkmessageid_value"
            + "&$filter=primaryobjecttypecode eq 'account' and sdkmessageid/name eq 'Update'")).Rows.Single();
        _ = await CreatedAsync(client, "sdkmessageprocessingsteps", $$"""
            {"name":"Update of account","stage":40,"mode":1,"rank":1,"supporteddeployment":0,"asyncautodelete":true,
             "filteringattributes":"name,telephone1",
             "eventhandler_serviceendpoint@odata.bind":"/serviceendpoints({{endpoint}})",
             "sdkmessageid@odata.bind":"/sdkmessages({{filter["_sdkmessageid_value"]}})",
             "sdkmessagefilterid@odata.bind":"/sdkmessagefilters({{filter["sdkmessagefilterid"]}})"}
            """);
        var id = client.Accounts.Insert(("name", "Adatum")).Id;

        _ = client.Accounts.Update(id, ("websiteurl", "https://contoso.com"));
        _ = client.Accounts.Update(id, ("telephone1", "1"));

        var post = await receiver.NextAsync();
        post.Header("x-webhook-key").Should().Be("secret");
        Target(JsonNode.Parse(post.Body.Span)!.AsObject())["Attributes"]!.ToJsonString().Should().Contain("telephone1");
        (await client.GetAsync($"serviceendpoints({endpoint})")).Text.Should().Contain("\"contract\":8").And.NotContain("secret");
        (await client.DeleteAsync($"serviceendpoints({endpoint})")).Status.Should().Be(204);
        (await client.GetAsync("sdkmessageprocessingsteps")).Rows.Should().BeEmpty();
        _ = client.Accounts.Update(id, ("telephone1", "2"));
        await EndedAsync(client, 1);
    }

    [Fact]
    public async Task Step_that_is_disabled_posts_nothing()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var client = await DataverseClient.StartAsync();
        _ = client.Emulator.RegisterWebhook(receiver.Url, "account", DataverseWebhookKey.Code("secret"), "Create");
        var steps = client.Emulator.Table("sdkmessageprocessingstep");
        _ = steps.Update(steps.Rows.Single().Id, ("statecode", 1));
        _ = client.Accounts.Insert(("name", "unheard"));
        _ = steps.Update(steps.Rows.Single().Id, ("statecode", 0));

        _ = client.Accounts.Insert(("name", "heard"));

        Target(await receiver.NextBodyAsync())["Attributes"]!.ToJsonString().Should().Contain("\"heard\"");
    }

    [Fact]
    public async Task Message_that_a_table_does_not_have_cannot_be_registered()
    {
        await using var client = await DataverseClient.StartAsync();

        var register = () => client.Emulator.RegisterWebhook(new("https://a.example"), "account", DataverseWebhookKey.Code("s"), "Explode");

        register.Should().Throw<ArgumentException>();
    }

    private static JsonObject Target(JsonObject body) => body["InputParameters"]![0]!["value"]!.AsObject();

    private static async Task<string> CreatedAsync(DataverseClient client, string set, string json)
    {
        var answer = await client.PostAsync(set, json, ("Prefer", "return=representation"));
        answer.Status.Should().Be(201, answer.Text);
        return (string)answer.Json[set[..^1] + "id"]!;
    }

    private static async Task EndedAsync(DataverseClient client, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (client.Emulator.WebhookPosts.Count < count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        client.Emulator.WebhookPosts.Should().HaveCount(count);
    }
}
