using Dataverse.Sync.Testing;
using Microsoft.Xrm.Sdk;
using Microsoft.Xrm.Sdk.Messages;
using static Dataverse.Sync.OrganizationService.Emulator.Tests.ServiceBench;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>CreateMultiple, UpdateMultiple, ExecuteMultiple, and ExecuteTransaction.</summary>
public sealed class BatchMessageTests
{
    [Fact]
    public async Task CreateMultiple_gives_ids_in_order_and_is_all_or_nothing()
    {
        await using var bench = await StartAsync();
        var ids = new[] { Guid.NewGuid(), Guid.NewGuid() };

        var response = await bench.ExecuteAsync<CreateMultipleResponse>(CreateMultiple("account", [.. ids.Select(id => Row("account", id, ("name", "A")))]));

        response.Ids.Should().Equal(ids);
        var again = CreateMultiple("account", Account(("name", "B")), Row("account", ids[0], ("name", "B")));
        (await bench.CodeOfAsync(again)).Should().Be("0x80040237");
        bench.Accounts.Count.Should().Be(2);
    }

    [Fact]
    public async Task Targets_of_several_tables_without_a_table_or_without_rows_are_refused()
    {
        await using var bench = await StartAsync();

        (await bench.CodeOfAsync(CreateMultiple("account", Account(("name", "A")), Row("contact", Guid.Empty, ("lastname", "A"))))).Should().Be("0x80040203");
        (await bench.CodeOfAsync(CreateMultiple(null, Account(("name", "A"))))).Should().Be("0x80040203");
        (await bench.CodeOfAsync(CreateMultiple("account"))).Should().Be("0x80040203");
        bench.Accounts.BulkMessages = false;
        (await bench.FaultOfAsync(CreateMultiple("account", Account(("name", "A"))))).Message.Should().Contain("is not enabled on the entity");
    }

    [Fact]
    public async Task UpdateMultiple_applies_the_first_of_two_changes_of_a_row()
    {
        await using var bench = await StartAsync();
        var id = bench.Accounts.Insert(("name", "A")).Id;
        var targets = new EntityCollection([Row("account", id, ("name", "B")), Row("account", id, ("name", "C"))]) { EntityName = "account" };

        _ = await bench.ExecuteAsync<UpdateMultipleResponse>(new UpdateMultipleRequest { Targets = targets });

        bench.Accounts.Get(id)["name"].Should().Be("B");
    }

    [Theory]
    [InlineData(true, true, 3, 2)]
    [InlineData(true, false, 1, 2)]
    [InlineData(false, true, 2, 1)]
    [InlineData(false, false, 1, 1)]
    public async Task ExecuteMultiple_tells_what_its_settings_ask_for(bool goesOn, bool tellsAll, int answers, int created)
    {
        await using var bench = await StartAsync();
        var request = Multiple(goesOn, tellsAll, Create("A"), Create(new string('A', 200)), Create("C"));

        var response = await bench.ExecuteAsync<ExecuteMultipleResponse>(request);

        response.IsFaulted.Should().BeTrue();
        response.Responses.Should().HaveCount(answers);
        var faulted = response.Responses.Single(item => item.Fault is not null);
        (faulted.RequestIndex, faulted.Fault.ErrorCode).Should().Be((1, unchecked((int)0x80044331)));
        faulted.Response.Should().BeNull();
        bench.Accounts.Count.Should().Be(created);
    }

    [Fact]
    public async Task ExecuteMultiple_is_limited_and_not_nested()
    {
        await using var bench = await StartAsync(options: new DataverseEmulatorOptions { MaxBatchRequests = 2 });

        var tooMany = await bench.FaultOfAsync(Multiple(true, true, Create("A"), Create("B"), Create("C")));
        var nested = await bench.ExecuteAsync<ExecuteMultipleResponse>(Multiple(true, true, Multiple(true, true, Create("A"))));

        tooMany.ErrorDetails["MaxBatchSize"].Should().Be(2);
        nested.Responses.Should().ContainSingle().Which.Fault.Message.Should().Contain("nested");
        bench.Accounts.Count.Should().Be(0);
    }

    [Fact]
    public async Task ExecuteTransaction_is_all_or_nothing_and_names_the_request_that_failed()
    {
        await using var bench = await StartAsync();

        var fault = await bench.FaultOfAsync(Transaction(Create("A"), Create(new string('A', 200))));

        fault.Should().BeOfType<ExecuteTransactionFault>().Which.FaultedRequestIndex.Should().Be(1);
        bench.Accounts.Count.Should().Be(0);
        (await bench.ExecuteAsync<ExecuteTransactionResponse>(Transaction(Create("A"), Create("B")))).Responses.Should().HaveCount(2);
        bench.Accounts.Count.Should().Be(2);
    }

    [Fact]
    public async Task A_transaction_in_a_batch_fails_alone()
    {
        await using var bench = await StartAsync();

        var response = await bench.ExecuteAsync<ExecuteMultipleResponse>(
            Multiple(true, true, Transaction(Create("A"), Create(new string('A', 200))), Create("B")));

        response.Responses[0].Fault.Should().BeOfType<ExecuteTransactionFault>();
        bench.Accounts.Rows.Should().ContainSingle().Which["name"].Should().Be("B");
        bench.Emulator.Requests.Entries.Should().ContainSingle().Which.RowWrites.Should().Be(1);
    }

    private static CreateRequest Create(string name) => new() { Target = Account(("name", name)) };

    private static CreateMultipleRequest CreateMultiple(string? table, params Entity[] rows) =>
        new() { Targets = new EntityCollection([.. rows]) { EntityName = table } };

    private static ExecuteMultipleRequest Multiple(bool goesOn, bool tellsAll, params OrganizationRequest[] requests)
    {
        var multiple = new ExecuteMultipleRequest
        {
            Requests = [],
            Settings = new ExecuteMultipleSettings { ContinueOnError = goesOn, ReturnResponses = tellsAll },
        };
        multiple.Requests.AddRange(requests);
        return multiple;
    }

    private static ExecuteTransactionRequest Transaction(params OrganizationRequest[] requests)
    {
        var transaction = new ExecuteTransactionRequest { Requests = [], ReturnResponses = true };
        transaction.Requests.AddRange(requests);
        return transaction;
    }
}
