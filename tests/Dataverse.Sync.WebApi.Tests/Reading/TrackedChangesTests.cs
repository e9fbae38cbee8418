using static Dataverse.Sync.WebApi.Tests.StubService;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class TrackedChangesTests
{
    private const string Root = "https://contoso.crm4.dynamics.com/api/data/v9.2/";
    private const string Select = "accounts?$select=name,_parentcustomerid_value,accountid,modifiedon";
    private const string Annotations = "odata.include-annotations=\"Microsoft.Dynamics.CRM.lookuplogicalname\"";
    private const string Row = """
        {"@odata.etag":"W/\"7\"","name":"A","_parentcustomerid_value@Microsoft.Dynamics.CRM.lookuplogicalname":"contact","_parentcustomerid_value":"00000000-0000-4000-8000-00000000000c","modifiedon":"2026-08-17T10:00:00Z","accountid":"00000000-0000-4000-8000-000000000001"}
        """;

    private static readonly Guid Id = new("00000000-0000-4000-8000-000000000001");

    [Fact]
    public async Task ReadChanges_without_checkpoint_tracks_the_whole_table_and_ends_with_the_link()
    {
        var service = new StubService(Page(Row, nextLink: Root + "accounts?$skiptoken=2"), Page("", deltaLink: Root + Select + "&$deltatoken=9%21x"));

        var pages = await ReadAsync(service);

        service.Requests.Select(request => (request.Line, request.Prefer)).Should().Equal(
            ($"GET {Select}", $"odata.track-changes,odata.maxpagesize=50,{Annotations}"),
            ("GET accounts?$skiptoken=2", $"odata.track-changes,odata.maxpagesize=50,{Annotations}"));
        pages.Select(page => (page.Coverage, page.Checkpoint is null)).Should().Equal((ChangeCoverage.WholeTable, true), (ChangeCoverage.WholeTable, false));
        var record = pages[0].Records.Should().ContainSingle().Subject;
        record.Layout.Fields.Should().Equal("name", "parentcustomerid");
        (record.Id, record.Version, record.ModifiedOn).Should().Be((Id, "W/\"7\"", new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero)));
        record["parentcustomerid"].Should().Be(FieldValue.Reference(new Guid("00000000-0000-4000-8000-00000000000c"), "contact"));
        pages[1].Checkpoint!.Position.Should().Be($"1 tracked name,_parentcustomerid_value,accountid,modifiedon {Select}&$deltatoken=9%21x");
    }

    [Fact]
    public async Task ReadChanges_follows_a_link_that_is_too_long_for_a_gateway_in_a_batch()
    {
        var link = "accounts?$skiptoken=" + new string('2', 9_000);
        var service = new StubService(
            Page(Row, nextLink: Root + link),
            Batch(Part(200, $$"""{"value":[],"@odata.deltaLink":"{{Root}}{{Select}}&$deltatoken=2"}""")));

        var pages = await ReadAsync(service);

        service.Requests[1].Line.Should().Be("POST $batch");
        service.Requests[1].Parts.Should().Equal($"GET {link}\nPrefer: odata.track-changes,odata.maxpagesize=50,{Annotations}");
        pages.Should().HaveCount(2);
        pages[1].Checkpoint!.Position.Should().EndWith("$deltatoken=2");
    }

    [Fact]
    public async Task ReadChanges_since_a_link_asks_for_it_and_reads_deletions()
    {
        const string deleted = """{"@odata.context":"x#accounts/$deletedEntity","id":"00000000-0000-4000-8000-000000000002","reason":"deleted"}""";
        var service = new StubService(Page(Row + "," + deleted, deltaLink: Root + Select + "&$deltatoken=2"));

        var page = (await ReadAsync(service, "1 tracked name,_parentcustomerid_value,accountid,modifiedon accounts?$select=x&$deltatoken=1")).Should().ContainSingle().Subject;

        service.Requests.Select(request => (request.Line, request.Prefer)).Should().Equal(("GET accounts?$select=x&$deltatoken=1", $"odata.maxpagesize=50,{Annotations}"));
        page.Coverage.Should().Be(ChangeCoverage.Changes);
        page.Records.Should().ContainSingle();
        page.Deleted.Should().Equal(new Guid("00000000-0000-4000-8000-000000000002"));
    }

    [Theory]
    [InlineData(400, "0x80044352")]
    [InlineData(410, "0x80044352")]
    [InlineData(403, "-2147204270")]
    [InlineData(400, "0x80060888")]
    public async Task ReadChanges_since_a_link_that_is_void_covers_the_table_again(int status, string code)
    {
        var service = new StubService(Error(status, code), Page(Row, deltaLink: Root + Select + "&$deltatoken=2"));

        var page = (await ReadAsync(service, "1 tracked name,_parentcustomerid_value,accountid,modifiedon accounts?$deltatoken=1")).Should().ContainSingle().Subject;

        service.Requests[1].Line.Should().Be($"GET {Select}");
        page.Coverage.Should().Be(ChangeCoverage.WholeTable);
        page.Checkpoint!.Position.Should().EndWith("$deltatoken=2");
    }

    [Theory]
    [InlineData("1 tracked name,accountid,modifiedon accounts?$deltatoken=1", "a column is missing")]
    [InlineData("1 tracked name,_parentcustomerid_value,accountid,modifiedon contacts?$deltatoken=1", "it is another table's")]
    [InlineData("1 tracked name,_parentcustomerid_value,accountid,modifiedon https://elsewhere.example/api/data/v9.2/accounts?$deltatoken=1", "it leads elsewhere")]
    [InlineData("1 tracked name,_parentcustomerid_value,accountid,modifiedon ../../../accounts?$deltatoken=1", "it leaves the root")]
    [InlineData("1 modifiedon 2026-08-17T10:00:00.0000000+00:00", "it is a stamp")]
    [InlineData("2 tracked name x", "it is of a later version")]
    [InlineData("1 tracked name,_parentcustomerid_value,accountid,modifiedon http://[", "it is no address")]
    [InlineData("1 tracked name,_parentcustomerid_value,accountid,modifiedon https://contoso.crm4.dynamics.com:99999/?", "it has no port")]
    public async Task ReadChanges_since_a_link_that_cannot_serve_covers_the_table_again(string position, string why)
    {
        var service = new StubService(Page(Row, deltaLink: Root + Select + "&$deltatoken=2"));

        var pages = await ReadAsync(service, position);

        service.Requests.Select(request => request.Line).Should().Equal([$"GET {Select}"], why);
        pages.Should().ContainSingle().Which.Coverage.Should().Be(ChangeCoverage.WholeTable);
    }

    [Theory]
    [InlineData("https://elsewhere.example/api/data/v9.2/accounts?$skiptoken=2", null)]
    [InlineData(null, "https://elsewhere.example/api/data/v9.2/accounts?$deltatoken=2")]
    [InlineData(null, Root + "contacts?$deltatoken=2")]
    [InlineData("http://contoso.crm4.dynamics.com/api/data/v9.2/accounts?$skiptoken=2", null)]
    [InlineData(Root + Select, null)]
    [InlineData(null, null)]
    public async Task ReadChanges_with_a_link_that_leads_astray_is_malformed(string? nextLink, string? deltaLink)
    {
        var service = new StubService(Page(Row, nextLink, deltaLink), Page(Row, nextLink, deltaLink));

        var read = () => ReadAsync(service);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        service.Requests.Should().OnlyContain(request => request.Address.Host == "contoso.crm4.dynamics.com");
    }

    [Fact]
    public async Task ReadChanges_whose_pages_lead_in_a_circle_fails()
    {
        var next = 0;
        var service = new StubService(_ => Page(Row, nextLink: Root + $"accounts?$skiptoken={next++ % 2}"));

        var read = () => ReadAsync(service);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        service.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task ReadChanges_of_empty_pages_without_end_fails()
    {
        var next = 0;
        var service = new StubService(_ => Page("", nextLink: Root + $"accounts?$skiptoken={next++}"));

        var read = () => ReadAsync(service);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Message.Should().Contain("read 'account'").And.Contain("1000 pages");
        service.Requests.Should().HaveCount(1_000);
    }

    [Fact]
    public async Task ReadChanges_names_nothing_of_what_it_could_not_parse()
    {
        var service = new StubService(_ => JsonAnswer("""{"value":[{"name":tellingsecrets,"accountid":"x"}]}"""));

        var failure = (await FluentActions.Awaiting(() => ReadAsync(service)).Should().ThrowAsync<ConnectorException>()).Which;

        failure.Message.Should().NotContain("telling").And.Contain("cannot be parsed");
    }

    [Theory]
    [InlineData("""{"value":[{"name":"A"}]}""")]
    [InlineData("""{"value":[{"name":"A","_parentcustomerid_value":null,"modifiedon":"yesterday","accountid":"00000000-0000-4000-8000-000000000001"}]}""")]
    [InlineData("""{"value":[{"_parentcustomerid_value":null,"modifiedon":null,"accountid":"00000000-0000-4000-8000-000000000001"}]}""")]
    [InlineData("""{"value":[""")]
    [InlineData("""{"value":{}}""")]
    [InlineData("[]")]
    [InlineData("<html>busy</html>")]
    public async Task ReadChanges_with_a_malformed_page_fails_and_names_no_value(string body)
    {
        var service = new StubService(_ => JsonAnswer(body));

        var failure = (await FluentActions.Awaiting(() => ReadAsync(service)).Should().ThrowAsync<ConnectorException>()).Which;

        failure.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        failure.Message.Should().StartWith("Dataverse: read 'account': the answer is malformed.").And.NotContain("00000000-0000-4000");
    }

    private static async Task<List<ChangePage>> ReadAsync(StubService service, string? position = null)
    {
        using var connector = service.Connect();
        var pages = new List<ChangePage>();
        var query = new ChangeQuery
        {
            Table = "account",
            Fields = ["name", "parentcustomerid"],
            PageSize = 50,
            Since = position is null ? null : new Checkpoint(position),
            Filter = RecordFilter.Equal("name", FieldValue.Text("A")),
        };
        await foreach (var page in connector.ReadChangesAsync(query, default))
        {
            pages.Add(page);
        }

        return pages;
    }
}
