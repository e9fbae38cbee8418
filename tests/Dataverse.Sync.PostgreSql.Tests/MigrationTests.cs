using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.PostgreSql.Tests;

[NeedsServer]
public sealed class MigrationTests : IAsyncLifetime
{
    private static readonly SchemaStep[] WithNextVersion =
        [.. CouplingSchema.Steps, new(CouplingSchema.Steps[^1].Version + 1, "ALTER TABLE [schema].mapping ADD COLUMN note text;")];

    private readonly TestSchema schema = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await schema.DisposeAsync();

    [Fact]
    public async Task Schema_that_many_engines_open_at_once_is_made_once()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 6).Select(number => Task.Run(async () =>
            await schema.Open().TryAcquireLeaseAsync(Customers with { Scope = $"{number}" }, "engine", TimeSpan.FromMinutes(1), default))));

        leases.Should().NotContainNulls();
        (await schema.RunAsync("SELECT count(*) FROM [schema].coupling_store")).Should().Be(1L);
    }

    [Fact]
    public async Task Store_of_an_earlier_version_that_many_engines_open_at_once_is_migrated_once_and_keeps_its_couplings()
    {
        var before = schema.Open();
        await before.CommitAsync(new() { Lease = await before.LeaseAsync(), Couplings = [Pair(1)] });

        var found = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => schema.Open(steps: WithNextVersion).ListAsync())));

        found.Should().AllBeEquivalentTo(new[] { Pair(1) });
        (await schema.RunAsync("SELECT note FROM [schema].mapping")).Should().Be(DBNull.Value);
    }

    [Fact]
    public async Task Store_of_version_1_keeps_everything_it_contains_and_gets_a_job_queue()
    {
        _ = await schema.RunAsync(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Schema", "version-1.sql")));
        var store = schema.Open();
        var entry = new StoredJobQueueEntry { Name = "CUSTOMER", Mapping = "CUSTOMER", Version = 0 };

        (await store.ListAsync()).Should().Equal(Pairs(1, 2));
        (await store.ListIntentsAsync(Customers, default)).Should().Equal(Intent(1));
        (await store.ListFailuresAsync(Customers, default).ToListAsync()).Should().Equal(Failure(1));
        (await store.ListConflictsAsync(Customers, includeResolved: true, default).ToListAsync()).Should().BeEquivalentTo([Conflict(1)]);
        (await store.ReadStateAsync(Customers, default)).Local.Should().Be(new Checkpoint("here"));
        (await store.ReadOverridesAsync(Customers.Scope, default)).Should().ContainSingle().Which.Mapping.Should().Be("VENDOR");
        (await ((ISyncJobLog)store).ListAsync(Customers.Scope, null, 10, default)).Should().ContainSingle().Which.Id.Should().Be(IntegrationId(1));
        (await store.TrySaveEntryAsync(Customers.Scope, entry, default)).Should().BeTrue();
        (await store.ReadEntriesAsync(Customers.Scope, default)).Should().Equal(entry with { Version = 1 });
        (await schema.RunAsync("SELECT version FROM [schema].coupling_store")).Should().Be((long)CouplingSchema.Steps[^1].Version);
    }

    [Fact]
    public async Task Migration_that_fails_changes_nothing()
    {
        var before = schema.Open();
        await before.CommitAsync(new() { Lease = await before.LeaseAsync(), Couplings = [Pair(1)] });
        SchemaStep broken = new(WithNextVersion[^1].Version + 1, "ALTER TABLE [schema].coupling RENAME TO lost; SELECT 1 / 0;");

        var failure = await StoreCalls.FailureOfAsync(() => schema.Open(steps: [.. WithNextVersion, broken]).ListAsync());

        failure.Failure.Should().Be(CouplingStoreFailure.Unavailable);
        (await before.ListAsync()).Should().Equal(Pair(1));
        (await schema.RunAsync("SELECT version FROM [schema].coupling_store")).Should().Be((long)CouplingSchema.Steps[^1].Version);
    }

    [Fact]
    public async Task Engine_of_an_earlier_version_is_refused_from_the_moment_of_the_migration()
    {
        var earlier = schema.Open();
        var lease = await earlier.LeaseAsync();
        _ = await schema.Open(steps: WithNextVersion).CountAsync();

        var inUse = await StoreCalls.FailureOfAsync(() => earlier.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] }));
        var opened = await StoreCalls.FailureOfAsync(() => schema.Open().CountAsync());

        inUse.Failure.Should().Be(CouplingStoreFailure.NewerVersion);
        opened.Failure.Should().Be(CouplingStoreFailure.NewerVersion);
        (await schema.RunAsync("SELECT count(*) FROM [schema].coupling")).Should().Be(0L);
    }

    [Fact]
    public async Task Schema_of_another_program_is_refused_and_left_alone()
    {
        _ = await schema.RunAsync("CREATE SCHEMA [schema]");
        _ = await schema.RunAsync("CREATE TABLE [schema].invoice (id int)");

        var failure = await StoreCalls.FailureOfAsync(() => schema.Open().CountAsync());

        failure.Failure.Should().Be(CouplingStoreFailure.Corrupt);
        (await schema.RunAsync($"SELECT count(*) FROM pg_tables WHERE schemaname = '{schema.Name}'")).Should().Be(1L);
    }

    [Fact]
    public async Task Schema_that_an_administrator_made_is_used()
    {
        _ = await schema.RunAsync("CREATE SCHEMA [schema]");

        (await schema.Open().CountAsync()).Should().Be(0);
    }
}
