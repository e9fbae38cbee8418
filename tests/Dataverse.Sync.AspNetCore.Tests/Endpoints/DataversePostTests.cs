using static Dataverse.Sync.AspNetCore.Tests.SyncProcess;

namespace Dataverse.Sync.AspNetCore.Tests.Endpoints;

/// <summary>Posts of Dataverse wake every mapping of their table, if they bear the key.</summary>
public sealed class DataversePostTests
{
    private const string Organization = "4ef5b371-e89e-4711-8122-000d3aa2331c";
    private const string Nothing = "{}";

    private static readonly (string, string) Genuine = ("x-webhook-key", Key);

    [Fact]
    public async Task Key_is_taken_from_the_header_and_every_mapping_of_the_table_wakes()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.PostAsync(Context("account"), "", Genuine)).Should().Be(200);

        await process.ShouldWakeAsync(Customers, Vendors);
    }

    [Fact]
    public async Task Key_is_taken_from_the_query()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.PostAsync(Context("contact"), $"?code={Key}")).Should().Be(200);

        await process.ShouldWakeAsync(Contacts);
    }

    [Fact]
    public async Task Places_of_the_key_can_be_chosen()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape, options =>
        {
            options.Dataverse.Key = Key;
            options.Dataverse.HeaderName = "Authorization-Key";
            options.Dataverse.QueryParameter = null;
        });

        (await process.PostAsync(Context("account"), $"?code={Key}", Genuine)).Should().Be(401);
        (await process.PostAsync(Context("contact"), "", ("authorization-key", Key))).Should().Be(200);

        await process.ShouldWakeAsync(Contacts);
    }

    [Fact]
    public async Task Wrong_missing_or_doubled_keys_are_refused()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.PostAsync(Context("account"))).Should().Be(401);
        (await process.PostAsync(Context("account"), "?code=")).Should().Be(401);
        (await process.PostAsync(Context("account"), $"?code={Key}x", ("x-webhook-key", Key[..^1]))).Should().Be(401);
        (await process.PostAsync(Context("account"), $"?code={Key}&code={Key}")).Should().Be(401);
        (await process.PostAsync(Context("account"), "", ("x-webhook-key", State))).Should().Be(401);

        (await process.WokenAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Headers_tell_the_table_where_the_body_does_not()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.PostAsync(
            "", "", Genuine, ("x-ms-dynamics-entity-name", "contact"), ("x-ms-dynamics-request-name", "Update"),
            ("x-ms-dynamics-msg-size-exceeded", "true"))).Should().Be(200);

        await process.ShouldWakeAsync(Contacts);
    }

    [Fact]
    public async Task Parent_context_does_not_tell_the_table()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        var body = $$"""{"ParentContext":{{Context("account")}},"PrimaryEntityName":"contact","MessageName":"Update"}""";

        (await process.PostAsync(body, "", Genuine)).Should().Be(200);

        await process.ShouldWakeAsync(Contacts);
    }

    [Theory]
    [InlineData("Retrieve")]
    [InlineData("RetrieveMultiple")]
    public async Task Reading_wakes_nothing_because_runs_read(string message)
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        (await process.PostAsync(Context("account", message), "", Genuine)).Should().Be(200);
        (await process.PostAsync(Context("contact"), "", Genuine)).Should().Be(200);

        await process.ShouldWakeAsync(Contacts);
    }

    [Fact]
    public async Task Unknown_tables_and_bodies_without_sense_are_taken_without_effect()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape);

        foreach (var body in (string[])[Context("lead"), Context(""), Nothing, "nonsense", "[1]", """{"PrimaryEntityName":7}"""])
        {
            (await process.PostAsync(body, "", Genuine)).Should().Be(200);
        }

        (await process.PostAsync(Context("contact"), "", Genuine)).Should().Be(200);
        await process.ShouldWakeAsync(Contacts);
    }

    [Fact]
    public async Task Posts_of_another_organization_are_refused_though_they_bear_the_key()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape, options =>
        {
            options.Dataverse.Key = Key;
            options.Dataverse.OrganizationId = Guid.Parse(Organization);
            options.RefusedRequestsPerMinute = 1;
        });

        foreach (var body in (string[])[Context("account", organization: Guid.NewGuid().ToString()), Nothing])
        {
            (await process.PostAsync(body, "", Genuine)).Should().Be(401);
        }

        (await process.PostAsync(Context("contact"), "", Genuine)).Should().Be(200);
        await process.ShouldWakeAsync(Contacts);
    }

    [Fact]
    public async Task Without_a_key_there_is_no_endpoint()
    {
        await using var landscape = await Landscape.StartAsync();
        await using var process = await SyncProcess.StartAsync(landscape, options => options.BusinessCentral.ClientState = State);

        (await process.PostAsync(Context("account"), "?code=")).Should().Be(404);
    }

    private static string Context(string table, string message = "Update", string organization = Organization) =>
        $$"""
        {"Depth":1,"InputParameters":[{"key":"Target","value":{"LogicalName":"lead","PrimaryEntityName":"lead","Attributes":[]} }],
         "MessageName":"{{message}}","OrganizationId":"{{organization}}","PrimaryEntityName":"{{table}}","SecondaryEntityName":"none"}
        """;
}
