using static Dataverse.Sync.WebApi.Tests.StubService;
using static Dataverse.Sync.WebApi.Tests.WriteRequestTests;
using static Dataverse.Sync.WebApi.Tests.WriteResponseTests;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>Writes whose response was lost, and writes that may have encountered their own work.</summary>
public sealed class UncertainWriteTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-000000000001");
    private static readonly Guid Two = new("00000000-0000-4000-8000-000000000002");

    [Fact]
    public async Task Inserts_whose_response_is_lost_are_recognized_by_their_ids_and_repeated_for_the_missing()
    {
        var service = new StubService(Gateway, Page(Row(One, "W/\"7\"")), Batch(Part(204)));

        var results = await WriteAsync(service, [Insert(One), Insert(Two)]);

        service.Requests.Select(request => request.Line).Should().Equal(
            "POST accounts/Microsoft.Dynamics.CRM.CreateMultiple",
            $"GET accounts?$select=accountid,modifiedon&$filter=Microsoft.Dynamics.CRM.In(PropertyName='accountid',PropertyValues=['{One}','{Two}'])&$orderby=accountid",
            "POST $batch");
        service.Requests[2].Parts.Should().Equal($"POST accounts\n{{\"accountid\":\"{Two}\"}}");
        results.Select(result => (result.Status, result.Id)).Should().Equal((WriteStatus.Applied, One), (WriteStatus.Applied, Two));
    }

    [Theory]
    [InlineData(true, "A", WriteStatus.Applied, "the lost request created it")]
    [InlineData(true, "Theirs", WriteStatus.Applied, "the lost request created it, and somebody changed it")]
    [InlineData(false, "A", WriteStatus.Applied, "something below the connector sent the request twice")]
    [InlineData(false, "Theirs", WriteStatus.AlreadyExists, "the engine looks at the record")]
    [InlineData(false, null, WriteStatus.AlreadyExists, "the duplicate has another id")]
    public async Task An_insert_that_is_refused_as_a_duplicate_is_looked_for_under_its_chosen_id(bool isLost, string? found, WriteStatus status, string why)
    {
        var duplicate = Part(412, ErrorBody("0x80040237"));
        var row = Page(found is null ? "" : Row(One, "W/\"7\"", found));
        var service = isLost
            ? new StubService(Gateway, Page(""), Batch(duplicate), row)
            : new StubService(Error(412, "0x80040237"), Batch(duplicate), row);

        var results = await WriteAsync(service, [Insert(One, ("name", FieldValue.Text("A")))]);

        var result = results.Should().ContainSingle().Subject;
        result.Status.Should().Be(status, why);
        (result.Record is not null).Should().Be(found == "A");
    }

    /// <summary>What a part may say of an insert without saying whether it was done.</summary>
    public static TheoryData<int, string> Passing => new()
    {
        { 500, "0x80044150" },
        { 400, "0x80044151" },
        { 400, "0x80040255" },
        { 408, "" },
        { 503, "" },
        { 504, "" },
        { 500, "0x80040216" },
    };

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task An_insert_that_is_answered_with_a_passing_error_is_settled_by_reading_and_sent_again_if_it_is_absent(int status, string code)
    {
        var service = new StubService(request => request.Method == "GET" ? Page("") : Batch(Part(request.Parts.Count == 0 ? 204 : status, ErrorBody(code))))
        {
            Definitions = new StubDefinitions { HasCreateMultiple = false },
        };

        var results = await WriteAsync(service, [Insert(One)]);

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Unknown, "the request may still be carried out");
        service.Requests.Select(request => request.Method).Should().Equal("POST", "GET", "POST", "GET", "POST", "GET");
    }

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task An_insert_that_is_carried_out_although_a_passing_error_is_answered_is_applied_once(int status, string code)
    {
        var service = new StubService(request => request.Method == "GET" ? Page(Row(One, "W/\"7\"")) : Batch(Part(status, ErrorBody(code))))
        {
            Definitions = new StubDefinitions { HasCreateMultiple = false },
        };

        var results = await WriteAsync(service, [Insert(One)]);

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
        service.Requests.Select(request => request.Method).Should().Equal("POST", "GET");
    }

    [Fact]
    public async Task An_update_without_a_version_that_is_answered_with_a_deadlock_is_not_repeated()
    {
        var service = new StubService(_ => Batch(Part(500, ErrorBody("0x80044150"))));

        var results = await WriteAsync(service, [Update(One, null, ("name", FieldValue.Text("new")))]);

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Unknown);
        service.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("W/\"7\"", "old", WriteStatus.Applied, 3)]
    [InlineData("W/\"8\"", "new", WriteStatus.Applied, 2)]
    [InlineData("W/\"8\"", "theirs", WriteStatus.VersionMismatch, 2)]
    [InlineData(null, null, WriteStatus.NotFound, 2)]
    public async Task An_update_whose_response_is_lost_is_decided_by_the_record(string? version, string? name, WriteStatus expected, int requests)
    {
        var service = new StubService(Gateway, Page(version is null ? "" : Row(One, version, name)), Batch(Part(204)));

        var results = await WriteAsync(service, [Update(One, "W/\"7\"", ("name", FieldValue.Text("new")))]);

        results.Should().ContainSingle().Which.Status.Should().Be(expected);
        service.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task An_update_that_is_refused_for_its_version_after_a_lost_response_is_applied_if_the_record_holds_it()
    {
        var service = new StubService(
            Gateway, Page(Row(One, "W/\"7\"", "old")), Batch(Part(412, ErrorBody("0x80060882"))), Page(Row(One, "W/\"8\"", "new")));

        var results = await WriteAsync(service, [Update(One, "W/\"7\"", ("name", FieldValue.Text("new")))]);

        results.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Version = "W/\"8\"" });
    }

    [Fact]
    public async Task An_update_without_a_version_whose_response_is_lost_is_unknown_and_not_repeated()
    {
        var service = new StubService(Gateway);

        var results = await WriteAsync(service, [Update(One, null, ("name", FieldValue.Text("new")))]);

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Unknown);
        service.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task A_write_whose_record_cannot_be_read_stays_unknown()
    {
        var service = new StubService(request => request.Line == "POST $batch" ? JsonAnswer("{}", 504) : JsonAnswer("{}", 400));

        var results = await WriteAsync(service, [Update(One, "W/\"7\"", ("name", FieldValue.Text("new")))]);

        results.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Status = WriteStatus.Unknown, Error = new { Code = SyncErrorCodes.OutcomeUnknown } });
    }

    [Theory]
    [InlineData("{\"Ids\":[]}")]
    [InlineData("{\"Ids\":[1]}")]
    [InlineData("{\"Ids\":")]
    [InlineData("<html></html>")]
    public async Task A_bulk_response_that_cannot_be_read_counts_as_lost(string body)
    {
        var service = new StubService(JsonAnswer(body), Page(Row(One, "W/\"7\"")));

        (await WriteAsync(service, [Insert(One)])).Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
    }

    [Fact]
    public async Task A_batch_response_with_too_few_parts_counts_as_lost()
    {
        var service = new StubService(Batch(Part(204)), Page(Row(One, "W/\"8\"", "new") + "," + Row(Two, "W/\"9\"", "theirs")));

        var results = await WriteAsync(service, [Update(One, "W/\"7\"", ("name", FieldValue.Text("new"))), Update(Two, "W/\"7\"", ("name", FieldValue.Text("new")))]);

        results.Select(result => result.Status).Should().Equal(WriteStatus.Applied, WriteStatus.VersionMismatch);
    }

    [Theory]
    [InlineData("A", true)]
    [InlineData("Theirs", false)]
    public async Task An_insert_with_a_chosen_id_whose_response_is_lost_is_recognized_by_the_id(string found, bool isReported)
    {
        var service = new StubService(Gateway, Page(Row(One, "W/\"8\"", found)));

        var results = await WriteAsync(service, [Insert(One, ("name", FieldValue.Text("A")))]);

        results.Should().ContainSingle().Which.Should().BeEquivalentTo(new { Status = WriteStatus.Applied, Id = One });
        (results[0].Record is not null).Should().Be(isReported, "only a record that holds what was written is the record after the write");
        (results[0].Version is not null).Should().Be(isReported, "an edit since then must not look known");
    }

    [Fact]
    public async Task An_insert_that_is_refused_as_a_duplicate_and_whose_id_does_not_exist_is_about_another_record()
    {
        var service = new StubService(Gateway, Page(""), Batch(Part(412, ErrorBody("0x80040237"))), Page(""));

        (await WriteAsync(service, [Insert(One)])).Should().ContainSingle().Which.Status.Should().Be(WriteStatus.AlreadyExists);
    }

    [Theory]
    [InlineData(false, "W/\"7\"", WriteStatus.Applied)]
    [InlineData(false, null, WriteStatus.Applied)]
    [InlineData(true, "W/\"6\"", WriteStatus.VersionMismatch)]
    [InlineData(true, null, WriteStatus.Unknown)]
    public async Task A_deletion_whose_response_is_lost_is_decided_by_the_record(bool exists, string? expectedVersion, WriteStatus expected)
    {
        var service = new StubService(Gateway, Page(exists ? Row(One, "W/\"7\"") : ""));

        var results = await WriteAsync(service, [new WriteOperation { Kind = WriteKind.Delete, Id = One, ExpectedVersion = expectedVersion }]);

        results.Should().ContainSingle().Which.Status.Should().Be(expected);
        service.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task An_update_that_is_never_performed_is_transient()
    {
        var service = new StubService(request => request.Line == "POST $batch" ? JsonAnswer("{}", 504) : Page(Row(One, "W/\"7\"", "old")));

        var results = await WriteAsync(service, [Update(One, "W/\"7\"", ("name", FieldValue.Text("new")))]);

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Transient);
    }
}
