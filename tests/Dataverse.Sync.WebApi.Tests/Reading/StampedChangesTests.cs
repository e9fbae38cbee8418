using static Dataverse.Sync.WebApi.Tests.StubService;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class StampedChangesTests
{
    private const string Select = "GET accounts?$select=name,accountid,modifiedon";

    [Fact]
    public async Task ReadChanges_reads_the_table_in_the_order_of_the_ids_and_keeps_the_newest_stamp()
    {
        var service = Service(Page(Row("2026-08-17T10:00:05Z") + "," + Row("2026-08-17T09:00:00Z")));

        var page = (await ReadAsync(service)).Should().ContainSingle().Subject;

        service.Requests.Select(request => (request.Line, request.Prefer)).Should().Equal(($"{Select}&$orderby=accountid", "odata.maxpagesize=5000"));
        page.Coverage.Should().Be(ChangeCoverage.WholeTable);
        page.Checkpoint!.Position.Should().Be("1 modifiedon 2026-08-17T10:00:05.0000000+00:00");
    }

    [Fact]
    public async Task ReadChanges_since_a_stamp_reaches_back_by_the_overlap()
    {
        var service = Service(Page(""));

        var page = (await ReadAsync(service, "1 modifiedon 2026-08-17T10:00:05.0000000+00:00")).Should().ContainSingle().Subject;

        service.Requests.Single().Line.Should().Be($"{Select}&$filter=modifiedon ge 2026-08-17T09:57:05Z&$orderby=accountid");
        page.Coverage.Should().Be(ChangeCoverage.Changes);
        page.Checkpoint!.Position.Should().Be("1 modifiedon 2026-08-17T10:00:05.0000000+00:00");
    }

    [Fact]
    public async Task ReadChanges_lets_the_service_filter_and_says_so()
    {
        var service = Service(Page(""), Page(""));
        var filter = RecordFilter.Equal("name", FieldValue.Text("O'Brien & Sons"));

        var whole = await ReadAsync(service, filter: filter);
        var since = await ReadAsync(service, "1 modifiedon 2026-08-17T10:00:05.0000000+00:00", filter);

        service.Requests.Select(request => request.Address.Query).Should().Equal(
            "?$select=name,accountid,modifiedon&$filter=name%20eq%20%27O%27%27Brien%20%26%20Sons%27&$orderby=accountid",
            "?$select=name,accountid,modifiedon&$filter=modifiedon%20ge%202026-08-17T09%3A57%3A05Z%20and%20name%20eq%20%27O%27%27Brien%20%26%20Sons%27&$orderby=accountid");
        (whole[0].Coverage, since[0].Coverage).Should().Be((ChangeCoverage.FilteredTable, ChangeCoverage.Changes));
    }

    [Fact]
    public async Task ReadChanges_of_several_pages_keeps_no_stamp_after_its_own_beginning()
    {
        var first = Page(Row("2026-08-17T08:00:00Z"), nextLink: "accounts?$skiptoken=2");
        first.Headers.Date = new DateTimeOffset(2026, 8, 17, 9, 0, 0, TimeSpan.Zero);
        var service = Service(first, Page(Row("2026-08-17T09:30:00Z")));

        var pages = await ReadAsync(service);

        pages[0].Checkpoint.Should().BeNull();
        pages[1].Checkpoint!.Position.Should().Be("1 modifiedon 2026-08-17T09:00:00.0000000+00:00", "an edit of the first page at that time was not seen");
    }

    [Fact]
    public async Task ReadChanges_of_several_pages_without_a_service_clock_keeps_the_newest_stamp_of_the_first()
    {
        var service = Service(Page(Row("2026-08-17T08:00:00Z"), nextLink: "accounts?$skiptoken=2"), Page(Row("2026-08-17T09:30:00Z")));

        (await ReadAsync(service))[1].Checkpoint!.Position.Should().Be("1 modifiedon 2026-08-17T08:00:00.0000000+00:00");
    }

    [Fact]
    public async Task ReadChanges_keeps_no_stamp_that_the_service_has_not_reached_yet()
    {
        var answer = Page(Row("9999-12-31T23:59:59Z"));
        answer.Headers.Date = new DateTimeOffset(2026, 8, 17, 9, 0, 0, TimeSpan.Zero);
        var service = Service(answer);

        (await ReadAsync(service))[0].Checkpoint!.Position.Should().Be("1 modifiedon 2026-08-17T09:00:00.0000000+00:00");
    }

    [Fact]
    public async Task ReadChanges_never_goes_back_behind_its_own_position()
    {
        var answer = Page(Row("2026-08-17T10:00:00Z"));
        answer.Headers.Date = new DateTimeOffset(2001, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var service = Service(answer);

        (await ReadAsync(service, "1 modifiedon 2026-08-17T10:00:05.0000000+00:00"))[0].Checkpoint!.Position.Should().Be("1 modifiedon 2026-08-17T10:00:05.0000000+00:00");
    }

    [Fact]
    public async Task ReadChanges_since_a_link_of_tracking_covers_the_table_again()
    {
        var service = Service(Page(""));

        var page = (await ReadAsync(service, "1 tracked name,accountid,modifiedon accounts?$deltatoken=1")).Single();

        service.Requests.Single().Line.Should().Be($"{Select}&$orderby=accountid");
        page.Coverage.Should().Be(ChangeCoverage.WholeTable);
    }

    private static StubService Service(params IReadOnlyList<HttpResponseMessage> answers) => new(answers) { Definitions = new StubDefinitions { TracksChanges = false } };

    private static string Row(string stamp) => $$"""{"@odata.etag":"W/\"7\"","name":"A","accountid":"{{Guid.NewGuid()}}","modifiedon":"{{stamp}}"}""";

    private static async Task<List<ChangePage>> ReadAsync(StubService service, string? position = null, RecordFilter? filter = null)
    {
        using var connector = service.Connect();
        var pages = new List<ChangePage>();
        var query = new ChangeQuery { Table = "account", Fields = ["name"], Since = position is null ? null : new Checkpoint(position), Filter = filter };
        await foreach (var page in connector.ReadChangesAsync(query, default))
        {
            pages.Add(page);
        }

        return pages;
    }
}
