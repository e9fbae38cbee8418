using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

public sealed class DurabilityTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(SqliteSynchronous.Full)]
    [InlineData(SqliteSynchronous.Normal)]
    public async Task Store_opened_again_has_everything_and_one_file(SqliteSynchronous synchronous)
    {
        var options = new SqliteCouplingStoreOptions { Path = folder.File(), Synchronous = synchronous };
        await using (var store = new SqliteCouplingStore(options))
        {
            await CommitOneOfEverythingAsync(store);
        }

        Directory.EnumerateFiles(folder.Path).Should().ContainSingle();
        await using var again = new SqliteCouplingStore(options);
        await ShouldHaveOneOfEverythingAsync(again);
    }

    [Fact]
    public async Task Store_of_a_killed_process_has_every_commit_that_returned()
    {
        await using var store = TestStores.Open(folder.File());
        await CommitOneOfEverythingAsync(store);
        var killed = folder.File("killed.db");

        // What a process leaves behind that had no time to close the file.
        File.Copy(folder.File(), killed);
        File.Copy(folder.File("couplings.db-wal"), killed + "-wal");

        await using var again = TestStores.Open(killed);
        await ShouldHaveOneOfEverythingAsync(again);
        (await again.TryAcquireLeaseAsync(Customers, "other", TimeSpan.FromMinutes(1), CancellationToken.None)).Should().BeNull();
    }

    [Fact]
    public async Task Store_of_a_process_killed_while_it_wrote_its_last_commit_has_the_ones_before()
    {
        var killed = folder.File("killed.db");
        await using (var store = TestStores.Open(folder.File()))
        {
            await CommitOneOfEverythingAsync(store);
            await store.CommitAsync(new() { Lease = await store.LeaseAsync(), Couplings = Pairs(10, 500) });
            File.Copy(folder.File(), killed);
            var log = await File.ReadAllBytesAsync(folder.File("couplings.db-wal"));
            await File.WriteAllBytesAsync(killed + "-wal", log[..^1_000]);
        }

        await using var again = TestStores.Open(killed);
        await ShouldHaveOneOfEverythingAsync(again);
    }

    [Fact]
    public async Task Names_of_awaited_mappings_are_restored_exactly()
    {
        string[] names = ["SALES|PEOPLE", "A \"quoted\", 'quoted', \\ and 😀\0 name", "", "[]"];
        var failure = Failure(1) with
        {
            State = RecordFailureState.Waiting,
            Awaited = new(names, new(SyncSide.Integration, IntegrationId(2))),
        };
        await using (var store = TestStores.Open(folder.File()))
        {
            await store.CommitAsync(new() { Lease = await store.LeaseAsync(), Failures = [failure] });
        }

        await using var again = TestStores.Open(folder.File());

        (await again.ListFailuresAsync(Customers, CancellationToken.None).ToListAsync()).Should().Equal(failure);
    }

    [Fact]
    public async Task Store_that_was_disposed_refuses_calls()
    {
        var store = TestStores.Open(folder.File());
        await store.LeaseAsync();
        await store.DisposeAsync();
        await store.DisposeAsync();

        var read = () => store.CountAsync(Customers, CancellationToken.None).AsTask();
        var write = () => store.LeaseAsync();

        await read.Should().ThrowAsync<ObjectDisposedException>();
        await write.Should().ThrowAsync<ObjectDisposedException>();
    }

    [Fact]
    public void Store_that_is_only_made_touches_no_file()
    {
        _ = TestStores.Open(folder.File());

        Directory.EnumerateFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    private static async Task CommitOneOfEverythingAsync(SqliteCouplingStore store)
    {
        await store.CommitAsync(new()
        {
            Lease = await store.LeaseAsync(),
            Couplings = [Pair(1)],
            Intents = [Intent(1)],
            Failures = [Failure(1)],
            Conflicts = [Conflict(1)],
            State = new() { Integration = new("token") },
        });
        await ((ISyncJobLog)store).SaveAsync(Job, CancellationToken.None);
    }

    private static async Task ShouldHaveOneOfEverythingAsync(SqliteCouplingStore store)
    {
        (await store.ListAsync()).Should().Equal(Pair(1));
        (await store.ListIntentsAsync(Customers, CancellationToken.None)).Should().Equal(Intent(1));
        (await store.ListFailuresAsync(Customers, CancellationToken.None).ToListAsync()).Should().Equal(Failure(1));
        (await store.ListConflictsAsync(Customers, true, CancellationToken.None).ToListAsync()).Should().BeEquivalentTo([Conflict(1)]);
        (await store.ReadStateAsync(Customers, CancellationToken.None)).Integration.Should().Be(new Checkpoint("token"));
        (await ((ISyncJobLog)store).ListAsync(Customers.Scope, null, 10, CancellationToken.None)).Should().Equal(Job);
    }

    private static SyncJob Job { get; } = new()
    {
        Id = LocalId(1),
        Key = Customers,
        Kind = SyncJobKind.Full,
        Direction = SyncDirection.ToIntegrationTable,
        StartedOn = Start,
    };
}
