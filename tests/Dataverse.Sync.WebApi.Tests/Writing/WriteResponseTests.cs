using static Dataverse.Sync.WebApi.Tests.StubService;
using static Dataverse.Sync.WebApi.Tests.WriteRequestTests;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>The results of writes that were refused or failed.</summary>
public sealed class WriteResponseTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Two = new("00000000-0000-4000-8000-000000000002");
    private static readonly Guid Other = new("00000000-0000-4000-8000-00000000000a");

    internal static HttpResponseMessage Gateway => JsonAnswer("<html>bad gateway</html>", 502);

    [Fact]
    public async Task A_refused_bulk_message_costs_one_request_more_whatever_the_number_of_bad_records()
    {
        var service = new StubService(
            Error(400, "0x80044331"),
            Batch(Part(204), Part(400, ErrorBody("0x80044331")), Part(400, ErrorBody("0x8004431A")), Part(204)));

        var results = await WriteAsync(service, Enumerable.Range(0, 4).Select(_ => Insert(Guid.NewGuid())));

        service.Requests.Select(request => request.Line).Should().Equal("POST accounts/Microsoft.Dynamics.CRM.CreateMultiple", "POST $batch");
        service.Requests[1].Parts.Should().HaveCount(4);
        results.Select(result => (result.Status, result.Error?.Code)).Should().Equal(
            (WriteStatus.Applied, null), (WriteStatus.Rejected, "0x80044331"), (WriteStatus.Rejected, "0x8004431A"), (WriteStatus.Applied, null));
        results[1].Error!.Message.Should().Be("Text of the service.");
    }

    [Theory]
    [InlineData(400, "0x80040203", "The message CreateMultiple is not enabled on the entity account.")]
    [InlineData(400, "0x80040800", "CreateMultiple does not support entities of type account.")]
    [InlineData(404, "0x8006088a", "Resource not found for the segment.")]
    public async Task A_bulk_message_that_the_table_does_not_take_is_tried_once(int status, string code, string message)
    {
        var service = new StubService(request => request.Line == "POST $batch" ? Batch(Part(204)) : Error(status, code, message));
        using var connector = service.Connect();

        _ = await connector.WriteAsync(new WriteBatch("account", [Insert(One)]), default);
        var second = await connector.WriteAsync(new WriteBatch("account", [Insert(Two)]), default);

        second[0].Status.Should().Be(WriteStatus.Applied);
        service.Requests.Select(request => request.Line).Should().Equal("POST accounts/Microsoft.Dynamics.CRM.CreateMultiple", "POST $batch", "POST $batch");
    }

    [Theory]
    [InlineData("{1},{0}", "they belong to each other")]
    [InlineData("{0},{0}", "one belongs to both")]
    [InlineData("{2},{2}", "two rows cannot have one id")]
    [InlineData("{0},00000000-0000-0000-0000-000000000000", "no row has that id")]
    [InlineData("{0}", "one is missing")]
    public async Task Ids_that_cannot_be_right_are_a_lost_answer(string ids, string why)
    {
        var told = string.Join(',', string.Format(null, ids, One, Two, Other).Split(',').Select(id => $"\"{id}\""));
        var service = new StubService(request => request.Method == "GET" ? Page(Row(One, "1") + "," + Row(Two, "1")) : JsonAnswer($$"""{"Ids":[{{told}}]}"""));

        var results = await WriteAsync(service, [Insert(One), Insert(Two)]);

        results.Select(result => (result.Status, result.Id)).Should().Equal([(WriteStatus.Applied, One), (WriteStatus.Applied, Two)], why);
        service.Requests.Select(request => request.Method).Should().Equal("POST", "GET");
    }

    /// <summary>What a batch may say of one update without saying that it was done or refused.</summary>
    public static TheoryData<int, string> OpenAnswers => new()
    {
        { 302, "" },
        { 100, "" },
        { 304, "" },
        { 204, "OData-EntityId: https://contoso.crm4.dynamics.com/api/data/v9.2/accounts(00000000-0000-4000-8000-00000000000a)" },
    };

    [Theory]
    [MemberData(nameof(OpenAnswers))]
    public async Task An_answer_that_is_neither_yes_nor_no_is_settled_by_reading(int status, string header)
    {
        var service = new StubService(request => request.Method == "GET" ? Page(Row(One, "1", "New")) : Batch(Part(status, "", header)));
        WriteOperation Update(string name) => new() { Kind = WriteKind.Update, Id = One, ExpectedVersion = "W/\"1\"", Fields = [new("name", FieldValue.Text(name))] };

        var done = (await WriteAsync(service, [Update("New")])).Single();
        var open = (await WriteAsync(service, [Update("Newer")])).Single();

        (done.Status, open.Status).Should().Be((WriteStatus.Applied, WriteStatus.Unknown));
    }

    [Fact]
    public async Task Ids_that_the_service_chose_itself_are_told_and_the_bulk_message_is_given_up()
    {
        var service = new StubService(JsonAnswer($$"""{"Ids":["{{Other}}"]}"""), Batch(Part(204)));
        using var connector = service.Connect();

        var first = await connector.WriteAsync(new WriteBatch("account", [Insert(One)]), default);
        _ = await connector.WriteAsync(new WriteBatch("account", [Insert(Two)]), default);

        first[0].Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Id = Other });
        service.Requests[1].Line.Should().Be("POST $batch");
    }

    [Fact]
    public async Task A_bulk_message_is_repeated_after_throttling_and_nothing_else()
    {
        var throttled = Error(429, "0x80072322");
        throttled.Headers.TryAddWithoutValidation("Retry-After", "17");
        var service = new StubService(throttled, JsonAnswer($$"""{"Ids":["{{One}}"]}"""));

        var results = await WriteAsync(service, [Insert(One)]);

        results[0].Status.Should().Be(WriteStatus.Applied);
        service.Requests.Should().HaveCount(2);
        service.Time.Pauses.Should().Contain(TimeSpan.FromSeconds(17));
    }

    [Theory]
    [InlineData("0x80040217", 404, "account With Id = 00000000-0000-4000-8000-000000000001 Does Not Exist", WriteStatus.NotFound)]
    [InlineData("0x80040217", 404, "Account With Ids = {00000000-0000-4000-8000-00000000000A} Do Not Exist", WriteStatus.Rejected)]
    [InlineData("0x80040217", 404, "contact With Id = 00000000-0000-4000-8000-00000000000a Does Not Exist", WriteStatus.Rejected)]
    [InlineData("0x80040217", 404, "", WriteStatus.NotFound)]
    [InlineData("0x80040237", 412, "A record with matching key values already exists.", WriteStatus.AlreadyExists)]
    [InlineData("0x80060892", 412, "", WriteStatus.AlreadyExists)]
    [InlineData("0x80040333", 412, "", WriteStatus.Rejected)]
    [InlineData("0x80040220", 403, "", WriteStatus.Rejected)]
    [InlineData("0x80040265", 400, "A plug-in says no.", WriteStatus.Rejected)]
    [InlineData("0x80060891", 404, "", WriteStatus.Rejected)]
    [InlineData("", 501, "", WriteStatus.Rejected)]
    public async Task Refusals_of_an_update_are_told_apart(string code, int status, string message, WriteStatus expected)
    {
        var service = new StubService(Batch(Part(status, ErrorBody(code, message))));

        var results = await WriteAsync(service, [Update(One, "W/\"7\"", ("name", FieldValue.Text("A")))]);

        results.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Status = expected, Id = Guid.Empty });
        results[0].Error.Should().NotBeNull();
        service.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("0x80040225", 403, "The specified user(Id = 00000000-0000-0000-0000-00000000000b) is disabled. Consider enabling this user.", "ownerid")]
    [InlineData("0x8004d24b", 403, "The user is not licensed to use this system.", "ownerid")]
    [InlineData("0x80040220", 403, "Principal user (Id=00000000-0000-4000-8000-00000000000A, type=8) is missing prvReadAccount privilege.", "ownerid")]
    [InlineData("0x80040217", 404, "Entity 'systemuser' With Id = 00000000-0000-4000-8000-00000000000a Does Not Exist", "ownerid")]
    [InlineData("0x80044331", 400, "A validation error occurred. The length of the 'name' attribute of the 'account' entity exceeded the maximum.", "name")]
    [InlineData("0x8004431A", 400, "The value 7 of 'Name' on record of type 'account' is outside the valid range.", "name")]
    [InlineData("0x80040203", 400, "Invalid argument.", null)]
    public async Task A_refusal_names_the_field_that_it_is_about(string code, int status, string message, string? field)
    {
        var service = new StubService(Batch(Part(status, ErrorBody(code, message))));

        var results = await WriteAsync(
            service,
            [Update(One, "W/\"7\"", ("name", FieldValue.Text("A")), ("ownerid", FieldValue.Reference(Other, "systemuser")))]);

        var error = results.Should().ContainSingle().Which.Error!;
        (error.Code, error.Message, error.Field).Should().Be((code, message, field));
    }

    [Theory]
    [InlineData(true, WriteStatus.VersionMismatch)]
    [InlineData(false, WriteStatus.NotFound)]
    public async Task A_moved_version_is_told_from_a_record_that_is_gone(bool exists, WriteStatus expected)
    {
        var service = new StubService(Batch(Part(412, ErrorBody("0x80060882"))), Page(exists ? Row(One, "W/\"8\"", "A") : ""));

        var results = await WriteAsync(service, [Update(One, "W/\"7\"", ("name", FieldValue.Text("A")))]);

        results.Should().ContainSingle().Which.Status.Should().Be(expected, "without a lost answer the value is somebody else's");
    }

    [Fact]
    public async Task A_deletion_that_finds_nothing_is_done_and_a_blocked_one_is_not()
    {
        var service = new StubService(Batch(Part(404, ErrorBody("0x80040217", $"account With Id = {One} Does Not Exist")), Part(405, ErrorBody("0x80040227"))));

        var results = await WriteAsync(service, [new WriteOperation { Kind = WriteKind.Delete, Id = One }, new WriteOperation { Kind = WriteKind.Delete, Id = Two }]);

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Rejected);
    }

    [Fact]
    public async Task A_throttled_part_is_repeated_alone_after_the_pause_that_it_asks_for()
    {
        var service = new StubService(
            Batch(Part(204), Part(429, ErrorBody("0x80072322"), "Retry-After: 9"), Part(500, ErrorBody("0x80044150"))),
            Page(Row(Other, "W/\"7\"", "old")),
            Batch(Part(204), Part(400, ErrorBody("0x80040265"))));

        var results = await WriteAsync(service, [Update(One, null, ("name", default)), Update(Two, null, ("name", default)), Update(Other, "W/\"7\"", ("name", default))]);

        service.Requests[2].Parts.Select(part => part.Split('\n')[0]).Should().Equal($"PATCH accounts({Two})", $"PATCH accounts({Other})");
        service.Time.Pauses.Should().Contain(TimeSpan.FromSeconds(9));
        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Applied, WriteStatus.Rejected);
    }

    [Theory]
    [InlineData("", 3)]
    [InlineData("Retry-After: 86400", 1)]
    public async Task A_part_that_stays_throttled_is_transient_after_a_few_rounds_or_a_long_wish(string header, int rounds)
    {
        var service = new StubService(_ => Batch(Part(429, ErrorBody("0x80072322"), header)));

        var results = await WriteAsync(service, [Update(One, null, ("name", default))]);

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Transient);
        service.Requests.Should().HaveCount(rounds);
    }

    [Fact]
    public async Task A_batch_that_is_too_large_is_halved()
    {
        var service = new StubService(request => request.Parts.Count > 2 ? Error(413, "") : Batch([.. request.Parts.Select(_ => Part(204))]));

        var results = await WriteAsync(service, Enumerable.Range(0, 5).Select(_ => Update(Guid.NewGuid(), null, ("name", default))));

        results.Should().OnlyContain(result => result.Status == WriteStatus.Applied);
        service.Requests.Select(request => request.Parts.Count).Should().Equal(5, 2, 3, 1, 2);
    }

    [Theory]
    [InlineData(401, ConnectorFailure.Authentication)]
    [InlineData(403, ConnectorFailure.Authorization)]
    [InlineData(429, ConnectorFailure.Throttled)]
    [InlineData(503, ConnectorFailure.ServiceFault)]
    public async Task A_batch_of_which_nothing_arrived_stops_the_run(int status, ConnectorFailure expected)
    {
        var service = new StubService(request => Error(status, "0x80040220"));
        using var connector = service.Connect(options => options.MaxRetries = 0);

        var write = () => connector.WriteAsync(new WriteBatch("account", [Update(One, null, ("name", default))]), default);

        (await write.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(expected);
    }

    [Fact]
    public async Task Writes_that_did_not_arrive_are_transient_beside_those_that_did()
    {
        var service = new StubService(request => request.Line == "POST $batch" ? Error(429, "0x80072322") : JsonAnswer($$"""{"Ids":["{{One}}"]}"""));
        using var connector = service.Connect(options => options.MaxRetries = 0);

        var results = await connector.WriteAsync(new WriteBatch("account", [Insert(One), Update(Two, null, ("name", default))]), default);

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.Transient);
    }

    [Fact]
    public async Task An_inactive_record_is_activated_changed_and_put_back_in_one_change_set()
    {
        var service = new StubService(
            Batch(Part(400, ErrorBody("0x80040230"))),
            Page($$"""{"accountid":"{{One}}","statecode":1,"statuscode":2,"modifiedon":null}"""),
            Batch(Part(204)));

        var results = await WriteAsync(service, [Update(One, "W/\"7\"", ("name", FieldValue.Text("A")))]);

        service.Requests[2].Parts.Should().Equal(
            $$"""
            PATCH accounts({{One}})
            If-Match: W/"7"
            {"statecode":0}
            """,
            $$"""
            PATCH accounts({{One}})
            If-Match: *
            {"name":"A"}
            """,
            $$"""
            PATCH accounts({{One}})
            If-Match: *
            {"statecode":1,"statuscode":2}
            """);
        service.Requests[2].Body.Should().Contain("boundary=\"changeset_0_");
        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
    }

    [Fact]
    public async Task A_table_without_optimistic_concurrency_has_its_versions_compared_by_reading()
    {
        var service = new StubService(Page(Row(One, "W/\"7\"") + "," + Row(Two, "W/\"9\"")), Batch(Part(204), Part(204)))
        {
            Definitions = new StubDefinitions { ChecksVersions = false },
        };
        var ids = new[] { One, Two, Other };

        var results = await WriteAsync(service, [.. ids.Select(id => Update(id, "W/\"7\"", ("name", default))), Update(Other, null, ("name", default))]);

        service.Requests[1].Parts.Should().Equal($"PATCH accounts({One})\nIf-Match: *\n{{\"name\":null}}", $"PATCH accounts({Other})\nIf-Match: *\n{{\"name\":null}}");
        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.VersionMismatch, WriteStatus.NotFound, WriteStatus.Applied);
    }

    internal static string Row(Guid id, string version, string? name = null) =>
        $$"""{"@odata.etag":{{System.Text.Json.JsonSerializer.Serialize(version)}},{{(name is null ? "" : $"\"name\":\"{name}\",")}}"accountid":"{{id}}","modifiedon":null}""";

    internal static async Task<IReadOnlyList<WriteResult>> WriteAsync(StubService service, IEnumerable<WriteOperation> operations)
    {
        using var connector = service.Connect();
        return await connector.WriteAsync(new WriteBatch("account", [.. operations]), default);
    }
}
