using Dataverse.Sync.Testing;
using static Dataverse.Sync.InMemory.Tests.InMemorySystems;

namespace Dataverse.Sync.InMemory.Tests;

public sealed class InMemoryFaultTests
{
    [Fact]
    public async Task Fail_stops_the_planned_calls_and_no_others()
    {
        var connector = NewBusinessCentral(out _);
        connector.Faults.Fail(InMemoryOperation.GetSchema, ConnectorFailure.Throttled, times: 1, passes: 1);

        var read = () => connector.GetSchemaAsync("customers", default);

        await read.Should().NotThrowAsync();
        (await read.Should().ThrowAsync<ConnectorException>()).Which.Failure.Should().Be(ConnectorFailure.Throttled);
        await read.Should().NotThrowAsync();
        connector.Calls[InMemoryOperation.GetSchema].Should().Be(3);
    }

    [Fact]
    public async Task FailWrites_gives_each_operation_its_own_fate()
    {
        var connector = NewBusinessCentral(out var customers);
        connector.Faults.FailWrites(
            InMemoryWriteFault.AnswerLost, InMemoryWriteFault.RequestLost, InMemoryWriteFault.Transient);

        var results = await connector.WriteAsync(
            new WriteBatch(
                "customers",
                [Insert(("number", "A")), Insert(("number", "B")), Insert(("number", "C")), Insert(("number", "D"))]),
                default);

        results.Select(result => result.Status).Should()
            .Equal(WriteStatus.Unknown, WriteStatus.Unknown, WriteStatus.Transient, WriteStatus.Applied);
        customers.Records.Select(record => record["number"].AsText()).Should().Equal("A", "D");
        connector.RowsWritten.Should().Be(2);
    }

    [Fact]
    public async Task BeforeCall_lets_another_user_edit_between_read_and_write()
    {
        var connector = NewBusinessCentral(out var customers);
        var row = customers.Insert(("displayName", "before"));
        connector.Faults.BeforeCall = (_, _) =>
        {
            customers.Update(row.Id, ("displayName", "theirs"));
            return ValueTask.CompletedTask;
        };

        var result = await connector.WriteOneAsync("customers", new WriteOperation
        {
            Kind = WriteKind.Update,
            Id = row.Id,
            ExpectedVersion = row.Version,
            Fields = Fields(("displayName", "ours")),
        });

        result.Status.Should().Be(WriteStatus.VersionMismatch);
        customers.Find(row.Id)!["displayName"].AsText().Should().Be("theirs");
    }

    [Fact]
    public async Task AfterCall_that_throws_loses_the_answer_but_not_the_work()
    {
        var connector = NewBusinessCentral(out var customers);
        connector.Faults.AfterCall = (_, _) => throw new OperationCanceledException();

        var write = () => connector.WriteOneAsync("customers", Insert(("displayName", "Ann")));

        await write.Should().ThrowAsync<OperationCanceledException>();
        customers.Count.Should().Be(1);
        connector.Writes.Should().ContainSingle().Which.Should().BeEquivalentTo(
            new
            {
                Table = "customers",
                Kind = WriteKind.Insert,
                customers.Records[0].Id,
                Fields = Fields(("displayName", "Ann")),
            });
    }

    [Fact]
    public async Task OnWrite_sees_the_operation_and_decides()
    {
        var connector = NewBusinessCentral(out var customers);
        connector.Faults.OnWrite = (_, operation) =>
            operation.Fields[0].Value.AsText() == "bad" ? InMemoryWriteFault.Rejected : InMemoryWriteFault.None;

        var results = await connector.WriteAsync(
            new WriteBatch("customers", [Insert(("displayName", "bad")), Insert(("displayName", "good"))]), default);

        results.Select(result => result.Status).Should().Equal(WriteStatus.Rejected, WriteStatus.Applied);
        results[0].Error!.Code.Should().Be(InMemoryErrorCodes.InjectedFault);
        customers.Records.Should().ContainSingle().Which["displayName"].AsText().Should().Be("good");
    }

    [Fact]
    public async Task Insert_without_a_chosen_id_is_not_executed_after_its_time()
    {
        var connector = NewBusinessCentral(out var customers);

        var results = await connector.WriteAsync(
            new WriteBatch("customers", [Insert(("displayName", "Ann"))]) { SendBefore = InMemorySystems.Start.AddTicks(-1) }, default);

        results.Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Transient);
        customers.Count.Should().Be(0);
    }

    [Fact]
    public async Task Doubled_insert_makes_two_records_where_the_system_chooses_the_ids()
    {
        var connector = NewBusinessCentral(out var customers);
        connector.Faults.FailWrites(InMemoryWriteFault.Doubled);

        (await connector.WriteOneAsync("customers", Insert(("displayName", "Ann")))).Status.Should().Be(WriteStatus.Applied);
        customers.Count.Should().Be(2);
    }

    [Fact]
    public async Task Late_write_is_executed_when_it_lands()
    {
        var connector = NewBusinessCentral(out var customers);
        connector.Faults.FailWrites(InMemoryWriteFault.Late);

        (await connector.WriteOneAsync("customers", Insert(("displayName", "Ann")))).Status.Should().Be(WriteStatus.Unknown);
        customers.Count.Should().Be(0);

        connector.Faults.LandLateWrites().Should().ContainSingle().Which.Status.Should().Be(WriteStatus.Applied);
        customers.Count.Should().Be(1);
    }

    [Fact]
    public async Task Write_that_is_interrupted_between_its_requests_is_unknown_and_half_done()
    {
        var connector = NewBusinessCentral(out var customers);
        connector.Faults.FailWrites(InMemoryWriteFault.PartDone);

        var result = await connector.WriteOneAsync("customers", Insert(("displayName", "Ann"), ("blocked", "All")));

        result.Status.Should().Be(WriteStatus.Unknown);
        customers.Records.Should().ContainSingle().Which["blocked"].IsBlank.Should().BeTrue();
    }

    [Fact]
    public async Task Refusal_of_an_option_contradicts_the_schema()
    {
        var connector = NewBusinessCentral(out _);

        var result = await connector.WriteOneAsync("customers", Insert(("displayName", "Ann"), ("blocked", "Gold")));

        (result.Status, result.ContradictsSchema).Should().Be((WriteStatus.Rejected, true));
    }
}
