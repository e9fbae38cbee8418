using System.Globalization;

namespace Dataverse.Sync.BusinessCentral.Tests.Reading;

public sealed class ChangeFeedTests
{
    private static readonly ChangeQuery Query = new() { Table = "customers", Fields = ["displayName", "blocked"] };

    [Fact]
    public async Task The_first_feed_reads_the_whole_table_with_the_fields_asked_for()
    {
        using var service = StubService.Answering(Page(Row(1, "2026-08-17T10:15:30.123Z"), Row(2, "2026-08-17T10:15:30.12Z")));

        var pages = await service.ReadChangesAsync(Query);

        var request = service.Requests.Should().ContainSingle().Subject;
        request.Line.Should().Be($"GET {StubService.CompanyPath}/customers?$select=id,displayName,blocked,lastModifiedDateTime&$orderby=id");
        request.Headers.Should().Contain(new Dictionary<string, string>
        {
            ["Accept"] = "application/json",
            ["Accept-Language"] = "en-US",
            ["Authorization"] = "Bearer secret",
            ["Prefer"] = "odata.maxpagesize=20000",
        });
        request.Headers.Should().NotContainKey("Data-Access-Intent");
        var page = pages.Should().ContainSingle().Subject;
        page.Coverage.Should().Be(ChangeCoverage.WholeTable);
        page.Checkpoint!.Position.Should().Be("1;2026-08-17T10:15:30.1230000Z");
        page.Records[0].Version.Should().Be("W/\"JzE5\"");
        page.Records[0]["blocked"].IsBlank.Should().BeTrue();
        page.Records[0].Layout.Fields.Should().Equal("displayName", "blocked");
    }

    [Fact]
    public async Task A_later_feed_begins_an_overlap_before_the_newest_stamp()
    {
        using var service = StubService.Answering(Page(Row(1, "2026-08-17T10:10:00Z")));

        var pages = await service.ReadChangesAsync(Query with { Since = new Checkpoint("1;2026-08-17T10:15:30.1230000Z"), PageSize = 500 });

        var request = service.Requests.Should().ContainSingle().Subject;
        request.Line.Should().EndWith("&$filter=lastModifiedDateTime ge 2026-08-17T10:05:30.123Z");
        request.Headers["Prefer"].Should().Be("odata.maxpagesize=500");
        request.Headers.Should().NotContainKey("Data-Access-Intent", "an old state from a replica would count as an edit");
        pages[0].Coverage.Should().Be(ChangeCoverage.Changes);
        pages[0].Checkpoint!.Position.Should().Be("1;2026-08-17T10:15:30.1230000Z", "a watermark never goes back");
    }

    [Theory]
    [InlineData("Mon, 01 Jan 0001 00:00:00 GMT")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("yesterday")]
    public async Task A_service_with_a_strange_clock_is_read_all_the_same(string date)
    {
        using var service = StubService.Answering(() => Dated(Page(Row(1, "2026-08-17T10:30:00Z")), date));

        (await service.ReadChangesAsync(Query)).Should().ContainSingle().Which.Records.Should().ContainSingle();
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_fail()
    {
        var next = 0;
        using var service = StubService.Answering(_ => StubHandler.Json(Page($"https://erp.example/{next++ % 3}", Row(1, "2026-08-17T10:30:00Z"))));

        var read = () => service.ReadChangesAsync(Query);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        service.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task Empty_pages_without_end_fail()
    {
        var next = 0;
        using var service = StubService.Answering(_ => StubHandler.Json(Page($"https://erp.example/{next++}")));

        var read = () => service.ReadChangesAsync(Query);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Message.Should().Contain("read changes of 'customers'").And.Contain("1000 pages");
        service.Requests.Should().HaveCount(1_000);
    }

    [Fact]
    public async Task The_checkpoint_never_passes_the_servers_clock_at_the_start()
    {
        using var service = StubService.Answering(
            () => Dated(Page("https://erp.example/next", Row(1, "2026-08-17T10:30:00Z")), "Mon, 17 Aug 2026 10:00:00 GMT"),
            () => Dated(Page(Row(2, "2026-08-17T10:59:00Z")), "Mon, 17 Aug 2026 11:00:00 GMT"));

        var pages = await service.ReadChangesAsync(Query);

        pages[0].Checkpoint.Should().BeNull();
        pages[1].Checkpoint!.Position.Should().Be("1;2026-08-17T09:59:55.0000000Z");
    }

    [Fact]
    public async Task Links_are_followed_as_they_stand_with_the_same_headers_until_none_comes()
    {
        const string Next = "https://erp.example/v2.0/production/api/v2.0/companies(x)/customers?$skiptoken='A%27'&aid=FIFO";
        using var service = StubService.Answering(
            () => StubHandler.Json(Page(Next, Row(1, "2026-08-17T10:00:00Z"))),
            () => StubHandler.Json(Page(Next + "2")),
            () => StubHandler.Json(Page(Row(2, "2026-08-17T10:00:00Z"))));

        var pages = await service.ReadChangesAsync(Query with { PageSize = 7 });

        pages.Select(page => page.Records.Count).Should().Equal(1, 0, 1);
        service.Requests.Skip(1).Select(request => request.Address.OriginalString).Should().Equal(Next, Next + "2");
        service.Requests.Should().OnlyContain(request => request.Headers["Prefer"] == "odata.maxpagesize=7" && request.Headers["Accept-Language"] == "en-US");
    }

    [Theory]
    [InlineData("https://evil.example/next")]
    [InlineData("http://erp.example/next")]
    public async Task A_link_to_another_origin_is_not_followed(string link)
    {
        using var service = StubService.Answering(Page(link));

        var read = () => service.ReadChangesAsync(Query);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        service.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_link_that_names_the_host_behind_a_proxy_is_followed_at_the_configured_address()
    {
        const string Inner = $"http://bc-inner:7048{StubService.CompanyPath}/customers?$skiptoken=A";
        using var service = StubService.Answering(
            () => StubHandler.Json(Page(Inner, Row(1, "2026-08-17T10:00:00Z"))),
            () => StubHandler.Json(Page(Row(2, "2026-08-17T10:00:00Z"))));

        var pages = await service.ReadChangesAsync(Query);

        pages.SelectMany(page => page.Records).Should().HaveCount(2);
        service.Requests[1].Address.AbsoluteUri.Should()
            .Be($"{StubService.Origin}{StubService.CompanyPath}/customers?$skiptoken=A");
    }

    [Fact]
    public async Task Pages_that_lead_in_a_circle_end()
    {
        using var service = StubService.Answering(Page("https://erp.example/next"));

        var read = () => service.ReadChangesAsync(Query);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Message.Should().Contain("circle");
        service.Requests.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("2;2026-08-17T10:15:30.1230000Z")]
    [InlineData("1;yesterday")]
    [InlineData("1;")]
    public async Task A_checkpoint_without_a_position_leads_to_the_whole_table(string position)
    {
        using var service = StubService.Answering(Page());

        var pages = await service.ReadChangesAsync(Query with { Since = new Checkpoint(position) });

        service.Requests[0].Line.Should().NotContain("$filter");
        pages[0].Coverage.Should().Be(ChangeCoverage.WholeTable);
        pages[0].Checkpoint!.Position.Should().Be("1;");
    }

    [Fact]
    public async Task A_pushed_filter_joins_the_watermark_and_its_fields_are_read()
    {
        using var service = StubService.Answering(Page());
        var filter = RecordFilter.All(RecordFilter.Equal("city", FieldValue.Text("O'Hara")), RecordFilter.IsBlank("blocked"));

        var whole = await service.ReadChangesAsync(Query with { Filter = filter });
        var changes = await service.ReadChangesAsync(Query with { Filter = filter, Since = new Checkpoint("1;2026-08-17T10:15:30.1230000Z") });

        service.Requests.Select(request => request.Line).Should().Equal(
            $"GET {StubService.CompanyPath}/customers?$select=id,displayName,city,blocked,lastModifiedDateTime&$filter=city eq 'O''Hara'&$orderby=id",
            $"GET {StubService.CompanyPath}/customers?$select=id,displayName,city,blocked,lastModifiedDateTime&$filter=lastModifiedDateTime ge 2026-08-17T10:05:30.123Z and (city eq 'O''Hara')");
        whole[0].Coverage.Should().Be(ChangeCoverage.FilteredTable);
        changes[0].Coverage.Should().Be(ChangeCoverage.Changes);
    }

    [Theory]
    [InlineData("""{"value":[{"id":"00000000-0000-0000-0000-000000000001","displayName":"a"}]}""", "has 1 of the 2 properties")]
    [InlineData("""{"value":[{"id":"00000000-0000-0000-0000-000000000001","displayName":"a","blocked":"","lastModifiedDateTime":"yesterday"}]}""", "lastModifiedDateTime")]
    [InlineData("<html>secret</html>", "cannot be parsed")]
    public async Task A_malformed_answer_fails_the_feed(string body, string reason)
    {
        using var service = StubService.Answering(body);

        var read = () => service.ReadChangesAsync(Query);

        var failure = (await read.Should().ThrowAsync<ConnectorException>()).Which;
        failure.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        failure.Message.Should().StartWith("Business Central: read changes of 'customers': ").And.Contain(reason).And.NotContain("secret");
    }

    [Fact]
    public async Task A_company_that_vanished_is_named()
    {
        using var service = StubService.Answering(() => StubHandler.Error(404, "Internal_CompanyNotFound"));

        var read = () => service.ReadChangesAsync(Query);

        var failure = (await read.Should().ThrowAsync<ConnectorException>()).Which;
        failure.Failure.Should().Be(ConnectorFailure.NotFound);
        failure.Message.Should().Be("Business Central: there is no company 'CRONUS'.");
    }

    [Fact]
    public async Task Blank_conventions_become_blanks()
    {
        using var service = StubService.Answering("""
            {"value":[{"@odata.etag":"a","id":"00000000-0000-0000-0000-000000000001","code":"","status":"_x0020_","startDate":"0001-01-01","startedAt":"1753-01-01T00:00:00Z","hours":0},
                      {"@odata.etag":"b","id":"00000000-0000-0000-0000-000000000002","code":"A","status":"Not_x0020_declared","startDate":"1754-01-01","startedAt":"2026-08-17T10:15:30.12Z","hours":-3}]}
            """);

        var records = (await service.ReadChangesAsync(new ChangeQuery { Table = "projects", Fields = ["code", "status", "startDate", "startedAt", "hours"] }))[0].Records;

        records[0].Values.ToArray().Select(value => value.IsBlank).Should().Equal(true, true, true, true, false);
        records[1].Values.ToArray().Should().Equal(
            FieldValue.Text("A"),
            FieldValue.Text("Not declared"),
            FieldValue.Date(new DateOnly(1754, 1, 1)),
            FieldValue.DateTime(new DateTimeOffset(2026, 8, 17, 10, 15, 30, 120, TimeSpan.Zero)),
            FieldValue.Integer(-3));
    }

    [Fact]
    public async Task A_link_that_is_too_long_for_a_gateway_is_followed_in_a_batch()
    {
        var link = $"companies({StubService.Company})/customers?$skiptoken=" + new string('2', 9_000);
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Json(Page($"{StubService.Origin}/v2.0/production/api/v2.0/{link}", Row(1, "2026-08-17T10:00:00Z")))
            : StubBatch.Answer(request, _ => (200, Page(Row(2, "2026-08-17T11:00:00Z")))));

        var pages = await service.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["city"], PageSize = 7 });

        service.Requests[1].Line.Should().Be("POST /v2.0/production/api/v2.0/$batch");
        StubBatch.PartsOf(service.Requests[1]).Should().ContainSingle().Which.Url.Should().Be(link);
        service.Requests[1].Body.Should().Contain("\"Prefer\":\"odata.maxpagesize=7\"");
        pages.SelectMany(page => page.Records).Should().HaveCount(2);
        pages[1].Checkpoint.Should().NotBeNull();
    }

    [Fact]
    public async Task A_long_link_whose_part_fails_is_followed_alone()
    {
        var reads = 0;
        var link = $"companies({StubService.Company})/customers?$skiptoken=" + new string('2', 9_000);
        using var service = StubService.Answering(request => request.Method == "POST"
            ? StubBatch.Answer(request, _ => (503, StubBatch.Error("Internal_TenantUnavailable")))
            : StubHandler.Json(reads++ == 0 ? Page($"{StubService.Origin}/v2.0/production/api/v2.0/{link}", Row(1, "2026-08-17T10:00:00Z")) : Page()));

        _ = await service.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["city"] });

        service.Requests.Select(request => request.Method).Should().Equal("GET", "POST", "GET");
    }

    [Theory]
    [InlineData("http://bc-inner:7048/BC/api/v2.0/customers?$skiptoken=a%27b")]
    [InlineData("https://erp.example/BC/API/v2.0/customers?$skiptoken=a%27b")]
    public async Task A_link_below_another_address_is_followed_below_the_configured_one_by_an_option(string link)
    {
        using var service = StubService.Answering(Linking(link), options => options.RebaseLinks = true);

        _ = await service.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["city"] });

        service.Requests[1].Address.AbsoluteUri.Should().Be($"{StubService.Origin}/v2.0/production/api/v2.0/customers?$skiptoken=a%27b");
    }

    [Theory]
    [InlineData("http://bc-inner:7048/BC/api/v2.0/customers?$skiptoken=2", false)]
    [InlineData("http://bc-inner:7048/BC/ODataV4/customers?$skiptoken=2", true)]
    [InlineData("http://user:word@bc-inner:7048/BC/api/v2.0/customers?$skiptoken=2", true)]
    public async Task A_link_below_another_address_is_refused_without_the_option_and_where_it_leads_to_no_api(string link, bool rebases)
    {
        using var service = StubService.Answering(Linking(link), options => options.RebaseLinks = rebases);

        var read = () => service.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["city"] });

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Message.Should().Contain("bc-inner").And.Contain("erp.example").And.NotContain("word");
        service.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_table_without_a_stamp_is_read_whole_each_time()
    {
        using var service = StubService.Answering("""{"value":[]}""");

        var pages = await service.ReadChangesAsync(new ChangeQuery { Table = "projects", Fields = ["code"], Since = new Checkpoint("1;2026-08-17T10:15:30.1230000Z") });

        service.Requests[0].Line.Should().Be($"GET {StubService.CompanyPath}/projects?$select=id,code&$orderby=id");
        pages[0].Coverage.Should().Be(ChangeCoverage.WholeTable);
        pages[0].Checkpoint.Should().NotBeNull();
    }

    private static string Row(int number, string stamp) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"@odata.etag":"W/\"JzE5\"","id":"00000000-0000-0000-0000-{{number:D12}}","displayName":"Name {{number}}","city":"","blocked":"_x0020_","lastModifiedDateTime":"{{stamp}}"}""");

    private static string Page(params ReadOnlySpan<string> rows) => rows is [var link, ..] && link.StartsWith("http", StringComparison.Ordinal)
        ? $$"""{"@odata.context":"x","value":[{{string.Join(',', rows[1..])}}],"@odata.nextLink":"{{link}}"}"""
        : $$"""{"@odata.context":"x","value":[{{string.Join(',', rows)}}]}""";

    private static Func<SentRequest, HttpResponseMessage> Linking(string link)
    {
        var reads = 0;
        return _ => StubHandler.Json(reads++ == 0 ? Page(link, Row(1, "2026-08-17T10:00:00Z")) : Page());
    }

    private static HttpResponseMessage Dated(string body, string date)
    {
        var response = StubHandler.Json(body);
        response.Headers.TryAddWithoutValidation("Date", date);
        return response;
    }
}
