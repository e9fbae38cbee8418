namespace Dataverse.Sync.BusinessCentral.Tests.Writing;

/// <summary>Deadlocks, lock timeouts, and overloads, which are answered like permanent refusals.</summary>
public sealed class PassingErrorTests
{
    private const string Deadlock = "The activity was deadlocked with another user who was modifying the Customer table. Please retry the activity.";
    private static readonly Guid Id = new("aaaaaaaa-0000-0000-0000-000000000001");

    [Theory]
    [InlineData(409, "Internal_ServerError", Deadlock)]
    [InlineData(400, "Unknown", "Please try again later.")]
    public async Task A_read_that_meets_a_passing_error_is_repeated(int status, string code, string text)
    {
        using var service = StubService.Answering(
            () => StubHandler.Error(status, code, text),
            () => StubHandler.Json($$"""{"value":[{{StubBatch.Customer(Id)}}]}"""));

        var pages = await service.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["displayName"] });

        pages.SelectMany(page => page.Records).Select(record => record.Id).Should().Equal(Id);
        service.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_read_that_meets_a_passing_error_again_and_again_fails_as_transient()
    {
        using var service = StubService.Answering(() => StubHandler.Error(409, "Internal_ServerError", Deadlock));

        var read = () => service.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["displayName"] });

        (await read.Should().ThrowAsync<ConnectorException>()).Which.IsTransient.Should().BeTrue();
        service.Requests.Should().HaveCount(5);
    }

    [Fact]
    public async Task A_read_that_is_refused_with_409_for_another_reason_is_not_repeated()
    {
        using var service = StubService.Answering(() => StubHandler.Error(409, "Internal_ServerError", "Something is wrong."));

        var read = () => service.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["displayName"] });

        (await read.Should().ThrowAsync<ConnectorException>()).Which.IsTransient.Should().BeFalse();
        service.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_insert_that_is_answered_with_a_deadlock_is_unknown_and_not_sent_again(bool isPart)
    {
        using var service = StubService.Answering(request => isPart
            ? StubBatch.Answer(request, _ => (409, StubBatch.Error("Internal_ServerError", Deadlock)))
            : StubHandler.Error(409, "Internal_ServerError", Deadlock));

        var result = await service.WriteAsync(new() { Kind = WriteKind.Insert, Id = Guid.Empty, Fields = [new("displayName", FieldValue.Text("New"))] });

        result.Status.Should().Be(WriteStatus.Unknown);
        service.Requests.Should().ContainSingle();
    }

    [Fact]
    public async Task An_update_with_a_version_that_is_answered_with_a_deadlock_is_read_and_sent_again()
    {
        var isFirst = true;
        using var service = StubService.Answering(request =>
        {
            if (request.Method == "GET")
            {
                return StubHandler.Json($$"""{"value":[{{StubBatch.Customer(Id, tag: "W/\\\"old\\\"", displayName: "Old")}}]}""");
            }

            var answer = isFirst ? (409, StubBatch.Error("Internal_ServerError", Deadlock)) : (200, StubBatch.Customer(Id, displayName: "New"));
            isFirst = false;
            return StubBatch.Answer(request, _ => answer);
        });

        var result = await service.WriteAsync(Update("W/\"old\""));

        (result.Status, result.Version).Should().Be((WriteStatus.Applied, "W/\"new\""));
        service.Requests.Select(request => request.Method).Should().Equal("POST", "GET", "POST");
    }

    [Fact]
    public async Task An_update_that_is_carried_out_although_a_deadlock_is_answered_is_applied()
    {
        using var service = StubService.Answering(request => request.Method == "GET"
            ? StubHandler.Json($$"""{"value":[{{StubBatch.Customer(Id, displayName: "New")}}]}""")
            : StubBatch.Answer(request, _ => (409, StubBatch.Error("Internal_ServerError", Deadlock))));

        (await service.WriteAsync(Update("W/\"old\""))).Status.Should().Be(WriteStatus.Applied);
        service.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_refusal_that_contradicts_the_schema_says_so()
    {
        using var service = StubService.Answering(request => StubBatch.Answer(
            request, part => (400, StubBatch.Error(part.Id == "0" ? "Application_StringExceededLength" : "Application_DialogException"))));

        var results = await service.Connector.WriteAsync(
            new WriteBatch("customers", [Update("W/\"old\""), Update("W/\"old\"") with { Id = new("aaaaaaaa-0000-0000-0000-000000000002") }]), default);

        results.Select(result => (result.Status, result.ContradictsSchema)).Should().Equal((WriteStatus.Rejected, true), (WriteStatus.Rejected, false));
    }

    [Fact]
    public async Task A_read_of_a_field_that_has_vanished_contradicts_the_schema()
    {
        using var service = StubService.Answering(() => StubHandler.Error(400, "BadRequest", "Could not find a property named 'city' on type 'Microsoft.NAV.customer'."));

        var read = () => service.ReadChangesAsync(new ChangeQuery { Table = "customers", Fields = ["city"] });

        (await read.Should().ThrowAsync<ConnectorException>()).Which.ContradictsSchema.Should().BeTrue();
    }

    private static WriteOperation Update(string? expectedVersion) =>
        new() { Kind = WriteKind.Update, Id = Id, ExpectedVersion = expectedVersion, Fields = [new("displayName", FieldValue.Text("New"))] };
}
