namespace Dataverse.Sync.Testing.Tests;

public sealed class DataverseFunctionTests : IAsyncLifetime
{
    private const string Organization = "RetrieveCurrentOrganization";

    private DataverseClient client = null!;

    public async Task InitializeAsync() => client = await DataverseClient.StartAsync();

    public async Task DisposeAsync() => await client.DisposeAsync();

    [Theory]
    [InlineData("(AccessType='Default')")]
    [InlineData("(AccessType='Internet')")]
    [InlineData("(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')")]
    [InlineData("(AccessType=%27Intranet%27)")]
    [InlineData("(AccessType=@p1)?@p1='Default'")]
    [InlineData("(AccessType=@p1)?@p1=Microsoft.Dynamics.CRM.EndpointAccessType'Default'&tag=x")]
    public async Task The_current_organization_is_retrieved(string call)
    {
        var answer = await client.GetAsync(Organization + call);

        answer.Status.Should().Be(200, answer.Text);
        answer.Json["@odata.context"]!.GetValue<string>().Should()
            .Be($"{client.Root}$metadata#Microsoft.Dynamics.CRM.RetrieveCurrentOrganizationResponse");
        var detail = answer.Json["Detail"]!;
        detail["OrganizationId"]!.GetValue<Guid>().Should().Be(client.Emulator.OrganizationId);
        detail["OrganizationVersion"]!.GetValue<string>().Should().StartWith("9.2.");
        detail["State"]!.GetValue<string>().Should().Be("Enabled");
        detail.AsObject().Select(member => member.Key).Should().Equal(
            "OrganizationId", "FriendlyName", "OrganizationVersion", "EnvironmentId", "DatacenterId", "Geo", "TenantId", "UrlName",
            "UniqueName", "Endpoints", "State", "OrganizationType", "SchemaType");
    }

    [Fact]
    public async Task The_endpoints_are_those_of_the_emulator()
    {
        var endpoints = (await client.GetAsync($"{Organization}(AccessType='Default')")).Json["Detail"]!["Endpoints"]!;

        endpoints.AsObject().Select(member => member.Key).Should().Equal("Count", "IsReadOnly", "Keys", "Values");
        endpoints["Count"]!.GetValue<int>().Should().Be(3);
        endpoints["Keys"]!.AsArray().Select(key => (string)key!).Should()
            .Equal("WebApplication", "OrganizationService", "OrganizationDataService");
        endpoints["Values"]!.AsArray().Select(value => (string)value!).Should().Equal(
            $"{client.Emulator.BaseAddress}", $"{client.Emulator.BaseAddress}XRMServices/2011/Organization.svc",
            $"{client.Emulator.BaseAddress}XRMServices/2011/OrganizationData.svc");
    }

    [Theory]
    [InlineData("(AccessType='Other')", 400, "0x80060888")]
    [InlineData("(AccessType='default')", 400, "0x80060888")]
    [InlineData("(AccessType=Default)", 400, "0x80060888")]
    [InlineData("(AccessType=Microsoft.Dynamics.CRM.OtherType'Default')", 400, "0x80060888")]
    [InlineData("(AccessType=@p1)", 400, "0x80060888")]
    [InlineData("(AccessType=@p1)?@p1=null", 400, "0x80060888")]
    [InlineData("", 404, "0x8006088a")]
    [InlineData("()", 404, "0x8006088a")]
    [InlineData("(Other='Default')", 404, "0x8006088a")]
    [InlineData("(AccessType='Default',Other=1)", 404, "0x8006088a")]
    [InlineData("(AccessType='Default')?$select=Detail", 400, "0x80060888")]
    public async Task Other_calls_of_the_current_organization_are_refused(string call, int status, string code) =>
        (await client.GetAsync(Organization + call)).ShouldFail(status, code);

    [Fact]
    public async Task A_function_is_not_posted_to() =>
        (await client.PostAsync($"{Organization}(AccessType='Default')", "{}")).ShouldFail(404, "");

    [Theory]
    [InlineData("v9.0")]
    [InlineData("v9.1")]
    [InlineData("v9.2")]
    public async Task Every_version_answers_alike_and_links_name_the_version_that_was_asked(string version)
    {
        var root = new Uri(client.Emulator.BaseAddress, $"api/data/{version}/").ToString();
        client.Accounts.Insert(("name", "A"));
        client.Accounts.Insert(("name", "B"));

        var page = await client.GetAsync($"{root}accounts?$select=name&$orderby=name", ("Prefer", "odata.maxpagesize=1"));
        var next = await client.GetAsync(page.NextLink!);
        var created = await client.PostAsync($"{root}accounts", """{"name":"C"}""");
        var delta = await client.GetAsync($"{root}accounts?$select=name", ("Prefer", "odata.track-changes"));

        (await client.GetAsync($"{root}WhoAmI")).Json["@odata.context"]!.GetValue<string>().Should().StartWith(root);
        (await client.GetAsync($"{root}{Organization}(AccessType='Default')")).Status.Should().Be(200);
        page.NextLink.Should().StartWith($"{root}accounts?");
        next.Rows.Single()["name"]!.GetValue<string>().Should().Be("B");
        created.Header("OData-EntityId").Should().StartWith($"{root}accounts(");
        delta.DeltaLink.Should().StartWith($"{root}accounts?");
    }

    [Theory]
    [InlineData("(EntityNames=['account'])")]
    [InlineData("(EntityNames=[\"account\"])")]
    [InlineData("(EntityNames=@p1)?@p1=[\"account\"]")]
    [InlineData("(EntityNames=@p1)?@p1=%5B%22account%22%5D")]
    public async Task The_count_of_a_table_is_the_same_however_it_is_asked(string call)
    {
        client.Accounts.Insert(("name", "A"));
        client.Accounts.Insert(("name", "B"));

        var counts = (await client.GetAsync("RetrieveTotalRecordCount" + call)).Json["EntityRecordCountCollection"]!;

        counts["Keys"]!.AsArray().Select(key => (string)key!).Should().Equal("account");
        counts["Values"]!.AsArray().Select(value => (int)value!).Should().Equal(2);
    }

    [Theory]
    [InlineData("(EntityNames=['nothing'])", 404, "0x80041102")]
    [InlineData("(EntityNames='account')", 400, "0x80060888")]
    [InlineData("(EntityNames=account)", 400, "0x80060888")]
    [InlineData("(EntityNames=@p1)", 400, "0x80060888")]
    [InlineData("(EntityNames=@p1)?@p2=['account']", 400, "0x80060888")]
    [InlineData("()", 404, "0x8006088a")]
    [InlineData("", 404, "0x8006088a")]
    public async Task A_count_that_cannot_be_told_is_refused(string call, int status, string code) =>
        (await client.GetAsync("RetrieveTotalRecordCount" + call)).ShouldFail(status, code);

    [Theory]
    [InlineData("WhoAmI")]
    [InlineData("WhoAmI()")]
    [InlineData("RetrieveVersion")]
    [InlineData("RetrieveVersion()")]
    public async Task Functions_without_parameters_need_no_parentheses(string call)
    {
        (await client.GetAsync(call)).Status.Should().Be(200);
        (await client.GetAsync(call + "?$select=UserId")).ShouldFail(400, "0x80060888");
        (await client.GetAsync(call.Replace("()", "", StringComparison.Ordinal) + "(x=1)")).ShouldFail(404, "0x8006088a");
    }
}
