using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.PostgreSql.Tests;

/// <summary>Several stores over one schema, as engines on several machines have them.</summary>
[NeedsServer]
public sealed class SharedStoreTests : IAsyncLifetime
{
    private readonly TestSchema schema = new();
    private readonly FakeTimeProvider time = new(Start);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Of_many_engines_that_want_a_lease_at_once_one_gets_it()
    {
        var engines = Enumerable.Range(0, 6).Select(_ => schema.Open()).ToList();
        _ = await engines[0].CountAsync();

        var leases = await Task.WhenAll(engines.Select((engine, number) => Task.Run(async () =>
            await engine.TryAcquireLeaseAsync(Customers, $"engine {number}", TimeSpan.FromMinutes(5), default))));

        leases.Should().ContainSingle(lease => lease != null);
    }

    [Fact]
    public async Task Engine_whose_lease_was_taken_over_commits_nothing_more()
    {
        var first = schema.Open(time);
        var second = schema.Open(time);
        var lost = await first.LeaseAsync("first");
        time.Advance(TimeSpan.FromMinutes(5));
        var lease = await second.LeaseAsync("second");
        await second.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });

        var late = () => first.CommitAsync(new() { Lease = lost, Couplings = [Pair(2)], State = new() { Local = new("late") } });

        await late.Should().ThrowAsync<LeaseLostException>();
        (await first.ListAsync()).Should().Equal(Pair(1));
        (await first.ReadStateAsync(Customers, default)).Should().Be(MappingState.Initial);
    }

    [Fact]
    public async Task Lease_is_not_taken_over_between_the_fence_of_a_commit_and_its_end()
    {
        var store = schema.Open(time);
        var lease = await store.LeaseAsync("first");
        await using var other = await schema.ConnectAsync();
        await using var holding = await other.BeginTransactionAsync();
        await RunAsync(other, $"LOCK TABLE {schema.Name}.coupling IN EXCLUSIVE MODE");
        var committing = store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1) with { Base = null }] });
        await schema.UntilBlockedAsync();
        time.Advance(TimeSpan.FromMinutes(5));

        var taking = schema.Open(time).LeaseAsync("second");
        await holding.RollbackAsync();

        await committing;
        (await taking).Token.Should().BeGreaterThan(lease.Token);
        (await store.CountAsync()).Should().Be(1);
    }

    [Fact]
    public async Task Lease_expires_by_the_clock_of_the_database()
    {
        var store = schema.Open();
        var before = (DateTime)(await schema.RunAsync("SELECT clock_timestamp()"))!;

        var lease = await store.LeaseAsync();

        var after = (DateTime)(await schema.RunAsync("SELECT clock_timestamp()"))!;
        lease.ExpiresOn.UtcDateTime.Should().BeOnOrAfter(before.AddMinutes(5).AddMilliseconds(-1)).And.BeOnOrBefore(after.AddMinutes(5).AddMilliseconds(1));
        _ = await schema.RunAsync("UPDATE [schema].mapping SET lease_expires_on = lease_expires_on - 3000000001");
        (await schema.Open().LeaseAsync("second")).Token.Should().BeGreaterThan(lease.Token);
    }

    [Fact]
    public async Task Engines_see_each_others_commits_and_shapes()
    {
        var first = schema.Open(time);
        var second = schema.Open(time);
        var lease = await first.LeaseAsync();
        await first.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });
        (await second.ListAsync()).Should().Equal(Pair(1));
        var reshaped = Pair(2) with { Base = Base(new(["another", "shape"]), 5) };

        await second.CommitAsync(new() { Lease = lease, Couplings = [reshaped] });

        (await first.FindAsync(Customers, SyncSide.Local, [LocalId(2)], default)).Should().Equal(reshaped);
    }

    [Fact]
    public async Task Couplings_of_one_shape_share_its_instance()
    {
        var store = schema.Open();
        await store.CommitAsync(new() { Lease = await store.LeaseAsync(), Couplings = Pairs(1, 1_500) });

        var shapes = (await schema.Open().ListAsync()).Select(pair => pair.Base!.Shape).Distinct(ReferenceEqualityComparer.Instance);

        shapes.Should().ContainSingle();
    }

    [Fact]
    public async Task Commits_of_two_mappings_that_change_each_other_all_succeed()
    {
        var engines = new[] { schema.Open(), schema.Open() };
        var keys = new[] { Customers, Customers with { Mapping = "CREDIT" } };

        await Task.WhenAll(engines.Select((engine, number) => Task.Run(async () =>
        {
            var (own, other) = (keys[number], keys[1 - number].Mapping);
            var lease = await engine.TryAcquireLeaseAsync(own, "engine", TimeSpan.FromMinutes(5), default);
            for (var turn = 0; turn < 25; turn++)
            {
                await engine.CommitAsync(new()
                {
                    Lease = lease!,
                    Couplings = Pairs(1, 20),
                    UncoupledElsewhere = [.. Pairs(1, 20).Reverse().Select(pair => new RecordOfMapping(other, new(SyncSide.Local, pair.LocalId)))],
                    AnnouncedDeletions = [new(other, new(SyncSide.Local, LocalId(turn)), Start)],
                });
            }
        })));

        (await engines[0].ReadStateAsync(keys[0], default)).AnnouncedDeletions.Should().HaveCount(25);
        (await engines[0].ReadStateAsync(keys[1], default)).AnnouncedDeletions.Should().HaveCount(25);
    }

    [Fact]
    public async Task Five_thousand_couplings_are_committed_found_and_replaced()
    {
        var store = schema.Open();
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 5_000) });
        var changed = Pairs(1, 5_000).Select(pair => pair with { LocalVersion = 7 }).ToList();

        await store.CommitAsync(new() { Lease = lease, Couplings = changed });

        var found = await store.FindAsync(Customers, SyncSide.Integration, [.. changed.Select(pair => pair.IntegrationId)], default);
        found.Should().HaveCount(5_000).And.OnlyContain(pair => pair.LocalVersion == 7);
    }

    [Fact]
    public async Task Refused_commit_names_the_record_that_would_be_in_two_couplings()
    {
        var store = schema.Open();
        var lease = await store.LeaseAsync();
        await store.CommitAsync(new() { Lease = lease, Couplings = Pairs(1, 3) });

        var stored = await StoreCalls.FailureOfAsync(() => store.CommitAsync(new() { Lease = lease, Couplings = [Pair(1, 2), Pair(2, 1), Pair(9, 3)] }));
        var given = await StoreCalls.FailureOfAsync(() => store.CommitAsync(new() { Lease = lease, Couplings = [Pair(7, 9), Pair(8, 9)] }));

        stored.Failure.Should().Be(CouplingStoreFailure.AlreadyCoupled);
        stored.Message.Should().Contain($"{IntegrationId(3)}");
        given.Message.Should().Contain($"{IntegrationId(9)}");
    }

    private static async Task RunAsync(Npgsql.NpgsqlConnection connection, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, connection);
        _ = await command.ExecuteNonQueryAsync();
    }
}
