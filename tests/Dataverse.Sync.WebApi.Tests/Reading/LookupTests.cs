using static Dataverse.Sync.WebApi.Tests.StubService;

namespace Dataverse.Sync.WebApi.Tests;

public sealed class LookupTests
{
    private const string Select = "GET accounts?$select=name,accountid,modifiedon";

    [Fact]
    public async Task ReadById_asks_for_few_ids_directly()
    {
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        var service = new StubService(Page(Row(first, "A")));

        var records = await ReadByIdAsync(service, [first, second, first, Guid.Empty]);

        service.Requests.Select(request => (request.Line, request.Prefer)).Should().Equal(
            ($"{Select}&$filter=Microsoft.Dynamics.CRM.In(PropertyName='accountid',PropertyValues=['{first}','{second}'])&$orderby=accountid", "odata.maxpagesize=5000"));
        records.Should().ContainSingle().Which.Id.Should().Be(first);
    }

    [Fact]
    public async Task ReadById_puts_many_ids_into_few_batches_of_bounded_queries()
    {
        var ids = Enumerable.Range(0, 5_000).Select(_ => Guid.NewGuid()).ToList();
        var service = new StubService(request => Batch([.. request.Parts.Select(_ => Part(200, """{"value":[]}"""))]));

        _ = await ReadByIdAsync(service, ids);

        service.Requests.Select(request => request.Line).Should().Equal("POST $batch", "POST $batch");
        var parts = service.Requests.SelectMany(request => request.Parts).ToList();
        parts.Should().HaveCount(13).And.OnlyContain(part => part.EndsWith("\nPrefer: odata.maxpagesize=5000"));
        parts.Sum(part => part.Split("','").Length).Should().Be(5_000);
        parts.Should().OnlyContain(part => part.Split("','").Length <= 400);
    }

    [Fact]
    public async Task ReadById_follows_the_pages_of_a_part()
    {
        Guid[] ids = [.. Enumerable.Range(0, 500).Select(_ => Guid.NewGuid())];
        var service = new StubService(request => request.Method == "GET"
            ? Page(Row(ids[2], "B"))
            : Batch([.. request.Parts.Select((_, index) => Part(200, $$"""{"value":[{{Row(ids[index], "A")}}]{{(index == 0 ? ",\"@odata.nextLink\":\"accounts?$skiptoken=2\"" : "")}}}"""))]));

        var records = await ReadByIdAsync(service, ids);

        records.Select(record => record["name"].AsText()).Should().BeEquivalentTo("A", "B", "A");
        service.Requests[1].Line.Should().Be("GET accounts?$skiptoken=2");
    }

    [Theory]
    [InlineData(2)]
    [InlineData(500)]
    public async Task ReadById_answered_with_a_record_that_nobody_asked_for_is_malformed(int count)
    {
        var stranger = $$"""{"value":[{{Row(Guid.NewGuid(), "A")}}]}""";
        var service = new StubService(request => request.Method == "GET" ? JsonAnswer(stranger) : Batch([.. request.Parts.Select(_ => Part(200, stranger))]));

        var read = () => ReadByIdAsync(service, [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid())]);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task ReadById_answered_with_one_record_over_and_over_is_malformed()
    {
        var (id, next) = (Guid.NewGuid(), 0);
        var service = new StubService(_ => Page(Row(id, "A"), nextLink: $"accounts?$skiptoken={next++}"));

        var read = () => ReadByIdAsync(service, [id]);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
        service.Requests.Count.Should().BeLessThan(10);
    }

    [Fact]
    public async Task Find_drops_records_that_hold_another_value()
    {
        var owner = Guid.NewGuid();
        string Row(int type) => $$"""{"accountid":"{{Guid.NewGuid()}}","modifiedon":null,"customertypecode":{{type}},"_ownerid_value":"{{owner}}"}""";
        var service = new StubService(Page(Row(3) + "," + Row(11)));
        using var connector = service.Connect();

        var found = await connector.FindAsync(new FieldQuery { Table = "account", Fields = [], Field = "customertypecode", Values = [FieldValue.Decimal(3m)] }, default);

        found.Should().ContainSingle().Which["customertypecode"].Should().Be(FieldValue.Integer(3));
    }

    [Fact]
    public async Task ReadById_repeats_a_batch_of_which_a_part_was_throttled()
    {
        var isFirst = true;
        var service = new StubService(request =>
        {
            var answer = Batch([.. request.Parts.Select((_, index) => isFirst && index == 1 ? Part(429, ErrorBody("0x80072322"), "Retry-After: 9") : Part(200, """{"value":[]}"""))]);
            isFirst = false;
            return answer;
        });

        (await ReadByIdAsync(service, [.. Enumerable.Range(0, 500).Select(_ => Guid.NewGuid())])).Should().BeEmpty();

        service.Requests.Should().HaveCount(2);
        service.Time.Pauses.Should().Contain(TimeSpan.FromSeconds(9));
    }

    [Fact]
    public async Task ReadById_with_a_failed_part_fails_as_a_whole()
    {
        var service = new StubService(request => Batch([.. request.Parts.Select((_, index) => index == 0 ? Part(200, """{"value":[]}""") : Part(429, ErrorBody("0x80072322")))]));

        var read = () => ReadByIdAsync(service, [.. Enumerable.Range(0, 500).Select(_ => Guid.NewGuid())]);

        var failure = (await read.Should().ThrowAsync<ConnectorException>()).Which;
        (failure.Failure, failure.StatusCode, failure.ErrorCode, failure.IsTransient).Should().Be((ConnectorFailure.Throttled, 429, "0x80072322", true));
    }

    [Fact]
    public async Task ReadById_with_too_few_answers_fails_as_malformed()
    {
        var service = new StubService(_ => Batch(Part(200, """{"value":[]}""")));

        var read = () => ReadByIdAsync(service, [.. Enumerable.Range(0, 500).Select(_ => Guid.NewGuid())]);

        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.MalformedAnswer);
    }

    [Fact]
    public async Task Find_escapes_texts_and_drops_what_only_the_collation_finds_equal()
    {
        var service = new StubService(Page(Row(Guid.NewGuid(), "MÖBEL") + "," + Row(Guid.NewGuid(), "Mobel") + "," + Row(Guid.NewGuid(), "o'brien")));
        using var connector = service.Connect();

        var found = await connector.FindAsync(new FieldQuery
        {
            Table = "account",
            Fields = [],
            Field = "name",
            Values = [FieldValue.Text("Möbel"), FieldValue.Text("MÖBEL"), FieldValue.Text("O'Brien"), FieldValue.Integer(5), FieldValue.Text("a\0")],
        }, default);

        service.Requests.Single().Line.Should().Be($"{Select}&$filter=name eq 'Möbel' or name eq 'O''Brien'&$orderby=accountid");
        found.Select(record => record["name"].AsText()).Should().Equal("MÖBEL", "o'brien");
    }

    [Fact]
    public async Task Find_of_values_that_the_field_cannot_hold_asks_nothing()
    {
        var service = new StubService();
        using var connector = service.Connect();

        var found = await connector.FindAsync(new FieldQuery { Table = "account", Fields = [], Field = "customertypecode", Values = [FieldValue.Text("Customer"), FieldValue.Decimal(1.5m)] }, default);

        found.Should().BeEmpty();
        service.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task Find_without_values_reads_the_table_in_the_order_of_the_ids()
    {
        var service = new StubService(Page(Row(Guid.NewGuid(), "A"), nextLink: "accounts?$skiptoken=2"), Page(Row(Guid.NewGuid(), "B")));
        using var connector = service.Connect(options => options.PageSize = 1);

        var found = await connector.FindAsync(new FieldQuery { Table = "account", Fields = ["name"], Field = "name" }, default);

        service.Requests.Select(request => (request.Line, request.Prefer)).Should().Equal(
            ($"{Select}&$orderby=accountid", "odata.maxpagesize=1"), ("GET accounts?$skiptoken=2", "odata.maxpagesize=1"));
        found.Should().HaveCount(2);
    }

    [Fact]
    public async Task ReadKeys_asks_for_nothing_but_keys()
    {
        var id = Guid.NewGuid();
        var service = new StubService(Page($$"""{"@odata.etag":"x","accountid":"{{id}}"}"""));
        using var connector = service.Connect();

        var keys = new List<Guid>();
        await foreach (var page in connector.ReadKeysAsync("account", default))
        {
            keys.AddRange(page.Select(key => key.Id));
        }

        service.Requests.Single().Line.Should().Be("GET accounts?$select=accountid&$orderby=accountid");
        keys.Should().Equal(id);
    }

    private static string Row(Guid id, string name) => $$"""{"@odata.etag":"W/\"7\"","name":"{{name}}","accountid":"{{id}}","modifiedon":null}""";

    private static async Task<IReadOnlyList<TableRecord>> ReadByIdAsync(StubService service, IReadOnlyCollection<Guid> ids)
    {
        using var connector = service.Connect();
        return await connector.ReadByIdAsync(new RecordQuery { Table = "account", Fields = ["name"], Ids = ids }, default);
    }
}
