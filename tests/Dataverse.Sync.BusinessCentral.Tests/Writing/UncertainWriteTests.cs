namespace Dataverse.Sync.BusinessCentral.Tests.Writing;

public sealed class UncertainWriteTests
{
    private static readonly Guid Id = new("aaaaaaaa-0000-0000-0000-000000000001");

    /// <summary>Ways to lose the answer to a batch.</summary>
    public static TheoryData<string> Losses => ["504", "408", "500", "html 503", "cut", "truncated", "no batch", "unasked part"];

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task An_insert_is_left_to_the_journal(string loss)
    {
        using var service = StubService.Answering(_ => Lose(loss));

        var result = await service.WriteAsync(new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = [new("displayName", FieldValue.Text("New"))] });

        result.Status.Should().Be(WriteStatus.Unknown);
        result.Error!.Code.Should().Be(SyncErrorCodes.OutcomeUnknown);
        service.Requests.Should().ContainSingle("nothing tells a repetition from a second record");
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task An_update_that_is_found_done_was_done(string loss)
    {
        using var service = Losing(loss, StubBatch.Customer(Id, displayName: "New"));

        var result = await service.WriteAsync(Update("W/\\\"old\\\""));

        result.Status.Should().Be(WriteStatus.Applied);
        result.Version.Should().Be("W/\"new\"");
        result.Record!["displayName"].Should().Be(FieldValue.Text("New"));
    }

    [Theory]
    [InlineData("W/\"new\"", WriteStatus.Transient)]
    [InlineData("W/\"old\"", WriteStatus.VersionMismatch)]
    [InlineData(null, WriteStatus.Unknown)]
    public async Task An_update_that_is_not_found_done_is_judged_by_the_version(string? expectedVersion, WriteStatus expected)
    {
        using var service = Losing("504", StubBatch.Customer(Id, displayName: "Theirs"));

        (await service.WriteAsync(Update(expectedVersion))).Status.Should().Be(expected);
    }

    [Fact]
    public async Task An_update_whose_record_is_gone_was_not_found()
    {
        using var service = Losing("504", null);

        (await service.WriteAsync(Update("W/\"old\""))).Status.Should().Be(WriteStatus.NotFound);
    }

    [Theory]
    [InlineData(false, "W/\"old\"", WriteStatus.Applied)]
    [InlineData(true, "W/\"new\"", WriteStatus.Transient)]
    [InlineData(true, null, WriteStatus.Unknown)]
    [InlineData(false, null, WriteStatus.Applied)]
    [InlineData(true, "W/\"old\"", WriteStatus.VersionMismatch)]
    public async Task A_deletion_is_judged_by_what_is_left(bool exists, string? expectedVersion, WriteStatus expected)
    {
        using var service = Losing("cut", exists ? StubBatch.Customer(Id) : null);

        (await service.WriteAsync(new() { Kind = WriteKind.Delete, Id = Id, ExpectedVersion = expectedVersion })).Status.Should().Be(expected);
    }

    [Fact]
    public async Task What_cannot_be_read_again_stays_unknown()
    {
        using var service = StubService.Answering(_ => Lose("504"));

        (await service.WriteAsync(Update("W/\"old\""))).Status.Should().Be(WriteStatus.Unknown);
    }

    [Fact]
    public async Task A_part_that_timed_out_is_read_again_and_the_others_stand()
    {
        var other = new Guid("aaaaaaaa-0000-0000-0000-000000000002");
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Json($$"""{"value":[{{StubBatch.Customer(Id, displayName: "New")}}]}""")
            : StubBatch.Answer(request, part => part.Id == "0" ? (504, null) : (200, StubBatch.Customer(other))));

        var results = await service.Connector.WriteAsync(
            new WriteBatch("customers", [Update("W/\"old\""), Update("W/\"old\"") with { Id = other }]),
            default);

        results.Select(result => (result.Status, result.Id)).Should().Equal((WriteStatus.Applied, Id), (WriteStatus.Applied, other));
        service.Requests[1].Line.Should().EndWith($"$filter=id eq {Id}");
    }

    [Theory]
    [InlineData("A", WriteStatus.Applied, true)]
    [InlineData("B", WriteStatus.Applied, false)]
    [InlineData(null, WriteStatus.Unknown, false)]
    public async Task An_insert_with_a_chosen_id_whose_response_is_lost_is_recognized_by_the_id(string? found, WriteStatus expected, bool isReported)
    {
        using var service = StubService.Answering(
            request => request.Method == "GET" ? StubHandler.Json($$"""{"value":[{{(found is null ? string.Empty : Project(found))}}]}""") : Lose("cut"),
            options => options.Tables["projects"] = new() { KeepsChosenIds = true });

        var result = await service.WriteAsync(new() { Kind = WriteKind.Insert, Id = Id, Fields = [new("code", FieldValue.Text("a"))] }, "projects");

        result.Status.Should().Be(expected);
        (result.Record is not null).Should().Be(isReported, "only a record that holds what was written is the record after the write");
    }

    [Theory]
    [InlineData("A", WriteStatus.Applied)]
    [InlineData(null, WriteStatus.AlreadyExists)]
    public async Task An_insert_that_is_refused_as_a_duplicate_after_a_503_is_its_own_work_only_if_its_id_exists(string? found, WriteStatus expected)
    {
        using var service = Repeating(StubBatch.Error("Internal_EntityWithSameKeyExists"), found is null ? null : Project(found));

        var result = await service.WriteAsync(new() { Kind = WriteKind.Insert, Id = Id, Fields = [new("code", FieldValue.Text("A"))] }, "projects");

        result.Status.Should().Be(expected);
    }

    [Fact]
    public async Task An_insert_without_a_chosen_id_that_is_refused_as_a_duplicate_after_a_503_is_unknown()
    {
        using var service = Repeating(StubBatch.Error("Internal_EntityWithSameKeyExists"), found: null);

        var result = await service.WriteAsync(new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = [new("displayName", FieldValue.Text("New"))] });

        result.Status.Should().Be(WriteStatus.Unknown, "the duplicate may be the record of the first attempt, which the journal finds by its key");
    }

    [Theory]
    [InlineData("New", WriteStatus.Applied)]
    [InlineData("Theirs", WriteStatus.VersionMismatch)]
    public async Task An_update_that_is_refused_for_its_version_after_a_503_is_applied_if_the_record_holds_it(string found, WriteStatus expected)
    {
        using var service = Repeating(StubBatch.Error("Request_EntityChanged"), StubBatch.Customer(Id, displayName: found));

        (await service.WriteAsync(Update("W/\"old\""))).Status.Should().Be(expected);
    }

    private static string Project(string code) =>
        $$"""
        {"@odata.etag":"t","id":"{{Id}}","code":"{{code}}","status":"_x0020_","startDate":"0001-01-01","startedAt":"0001-01-01T00:00:00Z","hours":0,
         "systemModifiedAt":"2026-08-17T10:00:00Z"}
        """;

    /// <summary>A service that answers the first batch with 503 and refuses the write when it is repeated.</summary>
    private static StubService Repeating(string error, string? found)
    {
        var isFirst = true;
        return StubService.Answering(
            request =>
            {
                if (request.Method == "GET")
                {
                    return StubHandler.Json($$"""{"value":[{{found}}]}""");
                }

                var response = isFirst ? StubHandler.Error(503, "Internal_ServerBusy") : StubBatch.Answer(request, _ => (409, error));
                isFirst = false;
                return response;
            },
            options => options.Tables["projects"] = new() { KeepsChosenIds = true });
    }

    private static StubService Losing(string loss, string? found) => StubService.Answering(request => request.Method == "GET"
        ? StubHandler.Json($$"""{"value":[{{found}}]}""")
        : Lose(loss));

    private static HttpResponseMessage Lose(string loss) => loss switch
    {
        "504" => StubHandler.Html(504),
        "408" => StubHandler.Error(408, "Unknown"),
        "500" => StubHandler.Error(500, "Unknown"),
        "html 503" => StubHandler.Html(503),
        "cut" => throw new HttpRequestException(HttpRequestError.ResponseEnded),
        "truncated" => StubHandler.Json("""{"responses":[{"id":"0","status":201,"""),
        "no batch" => StubHandler.Html(200),
        _ => StubHandler.Json("""{"responses":[{"id":"7","status":201}]}"""),
    };

    private static WriteOperation Update(string? expectedVersion) =>
        new() { Kind = WriteKind.Update, Id = Id, ExpectedVersion = expectedVersion, Fields = [new("displayName", FieldValue.Text("New"))] };
}
