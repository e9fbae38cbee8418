using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.PostgreSql.Tests;

[NeedsServer]
public sealed class LostConnectionTests : IAsyncLifetime
{
    private readonly TestSchema schema = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Calls_go_on_after_the_server_ended_all_sessions()
    {
        var store = schema.Open();
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });
        (await schema.EndSessionsAsync()).Should().BePositive();

        (await store.ListAsync()).Should().Equal(Pair(1));
        _ = await schema.EndSessionsAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = [Pair(2)] });

        (await store.CountAsync()).Should().Be(2);
    }

    [Fact]
    public async Task Commit_whose_session_ends_before_its_end_is_made_once_in_another_session()
    {
        var store = schema.Open();
        var lease = await store.LeaseAsync();
        await using var other = await schema.ConnectAsync();
        await using var holding = await other.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand($"LOCK TABLE {schema.Name}.intent IN EXCLUSIVE MODE", other);
        _ = await command.ExecuteNonQueryAsync();
        var committing = store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)], Intents = [Intent(1), Intent(2)] });
        await schema.UntilBlockedAsync();

        _ = await schema.EndSessionsAsync();
        await holding.RollbackAsync();

        await committing;
        (await store.ListAsync()).Should().Equal(Pair(1));
        (await store.ListIntentsAsync(Customers, default)).Should().Equal(Intent(1), Intent(2));
    }

    [Fact]
    public async Task Server_that_cannot_be_reached_is_unavailable_and_named_without_the_password()
    {
        await using var store = new PostgreSqlCouplingStore("Host=127.0.0.1;Port=1;Username=u;Password=hidden;Timeout=2");

        var failure = await StoreCalls.FailureOfAsync(() => store.CountAsync());

        failure.Failure.Should().Be(CouplingStoreFailure.Unavailable);
        failure.ToString().Should().NotContain("hidden");
    }

    [Fact]
    public async Task Read_only_server_is_read_and_refuses_leases()
    {
        var writer = schema.Open();
        await writer.CommitAsync(new() { Lease = await writer.LeaseAsync(), Couplings = [Pair(1)] });
        var store = schema.Open(options: schema.Options("Options=-c default_transaction_read_only=on"));

        (await store.ListAsync()).Should().Equal(Pair(1));
        var failure = await StoreCalls.FailureOfAsync(() => store.LeaseAsync());

        failure.Failure.Should().Be(CouplingStoreFailure.Unavailable);
        failure.Message.Should().Contain("read-only");
    }

    [Fact]
    public async Task Lock_that_is_not_released_in_time_is_reported_as_a_lock()
    {
        var store = schema.Open(options: schema.Options("Options=-c lock_timeout=50"));
        var lease = await store.LeaseAsync();
        await using var other = await schema.ConnectAsync();
        await using var holding = await other.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand($"LOCK TABLE {schema.Name}.coupling IN EXCLUSIVE MODE", other);
        _ = await command.ExecuteNonQueryAsync();

        var commit = () => store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });

        (await StoreCalls.FailureOfAsync(commit)).Failure.Should().Be(CouplingStoreFailure.Locked);
        await holding.RollbackAsync();
        await commit();
        (await store.ListAsync()).Should().Equal(Pair(1));
    }

    [Fact]
    public async Task Commit_takes_no_part_in_a_transaction_of_the_application()
    {
        var store = schema.Open(options: schema.Options("Enlist=true"));
        var lease = await store.LeaseAsync();
        using (new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled))
        {
            await store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });
        }

        (await store.ListAsync()).Should().Equal(Pair(1));
    }
}
