namespace Dataverse.Sync.BusinessCentral.Tests.Reading;

public sealed class BulkReadTests
{
    private static readonly Guid[] Ids = [.. Enumerable.Range(1, 1_000).Select(number => new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]))];

    [Fact]
    public async Task Few_ids_are_one_request()
    {
        using var service = StubService.Answering($$"""{"value":[{{StubBatch.Customer(Ids[1])}}]}""");

        var records = await service.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = ["city"], Ids = [Ids[0], Ids[1]] }, default);

        records.Should().ContainSingle().Which.Id.Should().Be(Ids[1]);
        service.Requests.Should().ContainSingle().Which.Line.Should().Be(
            $"GET {StubService.CompanyPath}/customers?$select=id,city,lastModifiedDateTime&$filter=id eq {Ids[0]} or id eq {Ids[1]}");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1_000)]
    public async Task A_record_that_nobody_asked_for_is_a_malformed_answer(int count)
    {
        var stranger = StubBatch.Customer(Guid.NewGuid());
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Json($$"""{"value":[{{stranger}}]}""")
            : StubBatch.Answer(request, _ => (200, $$"""{"value":[{{stranger}}]}""")));

        var read = () => service.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = ["city"], Ids = Ids[..count] }, default);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task Pages_of_one_record_over_and_over_fail()
    {
        var next = 0;
        using var service = StubService.Answering(_ => StubHandler.Json($$"""{"value":[{{StubBatch.Customer(Ids[0])}}],"@odata.nextLink":"{{StubService.Origin}}/{{next++}}"}"""));

        var read = () => service.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = ["city"], Ids = [Ids[0]] }, default);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        service.Requests.Count.Should().BeLessThan(10);
    }

    [Fact]
    public async Task No_ids_are_no_request()
    {
        using var service = StubService.Answering("{}");

        (await service.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = [], Ids = [] }, default)).Should().BeEmpty();

        service.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Many_ids_are_one_batch_of_addresses_that_stay_short()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(request, part => (200, Customers(part.Url))));

        var records = await service.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = ["city"], Ids = Ids }, default);

        records.Select(record => record.Id).Order().Should().Equal(Ids.Order());
        var request = service.Requests.Should().ContainSingle().Subject;
        request.Line.Should().Be("POST /v2.0/production/api/v2.0/$batch");
        request.Headers["Prefer"].Should().Be("odata.continue-on-error");
        StubBatch.PartsOf(request).Should().HaveCountGreaterThan(5)
            .And.OnlyContain(part => part.Method == "GET" && Uri.EscapeDataString(part.Url).Length < 8_000 && part.Url.StartsWith($"companies({StubService.Company})/customers?$select=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_part_that_fails_or_is_missing_is_read_alone()
    {
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Json(Customers(request.Line))
            : StubBatch.Answer(request, part => part.Id switch
            {
                "1" => (503, StubBatch.Error("Internal_TenantUnavailable")),
                "2" => null,
                _ => (200, Customers(part.Url)),
            }));

        var records = await service.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = ["city"], Ids = Ids }, default);

        records.Select(record => record.Id).Order().Should().Equal(Ids.Order());
        service.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task A_part_that_is_refused_fails_the_read()
    {
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Error(400, "BadRequest")
            : StubBatch.Answer(request, _ => (400, StubBatch.Error("BadRequest"))));

        var read = () => service.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = ["city"], Ids = Ids }, default);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.Refused);
    }

    [Fact]
    public async Task A_part_that_goes_on_elsewhere_is_followed_there()
    {
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Json($$"""{"value":[{{StubBatch.Customer(Ids[999])}}]}""")
            : StubBatch.Answer(request, part => (200, part.Id == "0"
                ? $$"""{"value":[],"@odata.nextLink":"{{StubService.Origin}}/next"}"""
                : """{"value":[]}""")));

        var records = await service.Connector.ReadByIdAsync(new RecordQuery { Table = "customers", Fields = ["city"], Ids = Ids }, default);

        records.Should().ContainSingle().Which.Id.Should().Be(Ids[999]);
        service.Requests[1].Address.AbsoluteUri.Should().Be($"{StubService.Origin}/next");
    }

    [Fact]
    public async Task Texts_are_found_with_quotes_doubled_and_encoded()
    {
        using var service = StubService.Answering("""{"value":[]}""");

        _ = await FindAsync(service, "city", FieldValue.Text("O'Hara & Co+1"), FieldValue.Text("o'hara & co+1"));

        service.Requests.Should().ContainSingle().Which.Address.Query.Should().EndWith("&$filter=city%20eq%20%27O%27%27Hara%20%26%20Co%2B1%27");
    }

    [Fact]
    public async Task What_the_service_finds_by_its_own_collation_is_compared_once_more()
    {
        using var service = StubService.Answering($$"""{"value":[{{StubBatch.Customer(Ids[0], displayName: "NAME")}},{{StubBatch.Customer(Ids[1], displayName: "Näme")}}]}""");

        (await FindAsync(service, "displayName", FieldValue.Text("name"))).Should().ContainSingle().Which.Id.Should().Be(Ids[0]);
    }

    [Theory]
    [InlineData("blocked")]
    [InlineData("currencyCode")]
    public async Task Fields_that_the_service_cannot_filter_by_are_compared_here(string field)
    {
        var other = StubBatch.Customer(Ids[1]).Replace("_x0020_", "All", StringComparison.Ordinal).Replace("\"currencyCode\":\"\"", "\"currencyCode\":\"ALL\"", StringComparison.Ordinal);
        using var service = StubService.Answering($$"""{"value":[{{StubBatch.Customer(Ids[0])}},{{other}}]}""");

        (await FindAsync(service, field, FieldValue.Text("All"))).Should().ContainSingle().Which.Id.Should().Be(Ids[1]);

        service.Requests.Should().ContainSingle().Which.Line.Should().NotContain("$filter");
    }

    [Fact]
    public async Task Keys_are_listed_page_by_page_with_nothing_else_selected()
    {
        using var service = StubService.Answering(
            () => StubHandler.Json($$"""{"value":[{"id":"{{Ids[0]}}","lastModifiedDateTime":"2026-08-17T10:15:30Z"}],"@odata.nextLink":"{{StubService.Origin}}/next"}"""),
            () => StubHandler.Json($$"""{"value":[{"id":"{{Ids[1]}}"}]}"""));
        var keys = new List<Guid>();

        await foreach (var page in service.Connector.ReadKeysAsync("customers", default))
        {
            keys.AddRange(page.Select(key => key.Id));
        }

        keys.Should().Equal(Ids[0], Ids[1]);
        service.Requests[0].Line.Should().Be($"GET {StubService.CompanyPath}/customers?$select=id&$orderby=id");
    }

    private static Task<IReadOnlyList<TableRecord>> FindAsync(StubService service, string field, params FieldValue[] values) =>
        service.Connector.FindAsync(new FieldQuery { Table = "customers", Fields = ["number"], Field = field, Values = values }, default);

    private static string Customers(string url) =>
        $$"""{"value":[{{string.Join(',', Ids.Where(id => url.Contains($"id eq {id}", StringComparison.Ordinal)).Select(id => StubBatch.Customer(id)))}}]}""";
}
