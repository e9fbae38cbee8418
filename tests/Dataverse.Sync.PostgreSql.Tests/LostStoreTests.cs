using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>A store that is dropped, replaced, or put back while an engine uses it stays closed.</summary>
[NeedsServer]
public sealed class LostStoreTests : IAsyncLifetime
{
    private readonly TestSchema schema = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Dropped_store_is_not_made_anew()
    {
        var store = schema.Open();
        var lease = await store.LeaseAsync();
        _ = await schema.RunAsync("DROP SCHEMA [schema] CASCADE");

        await ShouldBeReplacedAsync(store, () => store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] }));

        (await schema.RunAsync($"SELECT count(*) FROM pg_namespace WHERE nspname = '{schema.Name}'")).Should().Be(0L);
    }

    [Fact]
    public async Task Reading_notices_another_store_in_the_place_of_the_first()
    {
        var store = schema.Open();
        _ = await store.LeaseAsync();
        _ = await schema.RunAsync("DROP SCHEMA [schema] CASCADE");
        _ = await schema.Open().LeaseAsync();

        await ShouldBeReplacedAsync(store, () => store.CountAsync());
    }

    [Fact]
    public async Task Commit_notices_an_earlier_state_although_its_lease_is_valid_there()
    {
        var store = schema.Open();
        var lease = await store.LeaseAsync();
        var writes = await schema.RunAsync("SELECT writes FROM [schema].mapping");
        await store.CommitAsync(new() { Lease = lease, Intents = [Intent(1)] });
        _ = await schema.RunAsync("DELETE FROM [schema].intent");
        _ = await schema.RunAsync($"UPDATE [schema].mapping SET writes = {writes}");

        await ShouldBeReplacedAsync(store, () => store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] }));

        (await schema.RunAsync("SELECT count(*) FROM [schema].coupling")).Should().Be(0L);
    }

    [Fact]
    public async Task Lease_notices_that_the_mapping_is_gone()
    {
        var store = schema.Open();
        _ = await store.LeaseAsync();
        _ = await store.LeaseAsync();
        _ = await schema.RunAsync("DELETE FROM [schema].mapping");

        await ShouldBeReplacedAsync(store, () => store.LeaseAsync());
    }

    [Fact]
    public async Task Damaged_value_is_reported_as_damage()
    {
        var store = schema.Open();
        await store.CommitAsync(new() { Lease = await store.LeaseAsync(), Couplings = [Pair(1)] });
        _ = await schema.RunAsync(@"UPDATE [schema].coupling SET base = '\x00'");

        (await StoreCalls.FailureOfAsync(() => store.ListAsync())).Failure.Should().Be(CouplingStoreFailure.Corrupt);
    }

    private static async Task ShouldBeReplacedAsync(PostgreSqlCouplingStore store, Func<Task> call)
    {
        (await StoreCalls.FailureOfAsync(call)).Failure.Should().Be(CouplingStoreFailure.Replaced);
        (await StoreCalls.FailureOfAsync(() => store.CountAsync())).Failure.Should().Be(CouplingStoreFailure.Replaced);
    }
}
