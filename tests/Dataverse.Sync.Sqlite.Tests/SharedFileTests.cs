using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>Two stores over one file, as two processes have them.</summary>
public sealed class SharedFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider time = new(Start);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Second_process_is_kept_out_by_the_lease_and_takes_over_when_it_expires()
    {
        await using var first = TestStores.Open(folder.File(), time);
        await using var second = TestStores.Open(folder.File(), time);
        var lease = await first.LeaseAsync("first");
        var wanted = () => second.TryAcquireLeaseAsync(Customers, "second", TimeSpan.FromMinutes(5), CancellationToken.None).AsTask();
        (await wanted()).Should().BeNull();
        time.Advance(TimeSpan.FromMinutes(5));

        var taken = await wanted();

        await second.CommitAsync(new() { Lease = taken!, Couplings = [Pair(1)] });
        var late = () => first.CommitAsync(new() { Lease = lease, Couplings = [Pair(2)], State = new() { Local = new("late") } });
        await late.Should().ThrowAsync<LeaseLostException>();
        (await first.ListAsync()).Should().Equal(Pair(1));
        (await first.ReadStateAsync(Customers, CancellationToken.None)).Should().Be(MappingState.Initial);
    }

    [Fact]
    public async Task Stores_see_each_others_commits_and_shapes()
    {
        await using var first = TestStores.Open(folder.File(), time);
        await using var second = TestStores.Open(folder.File(), time);
        var lease = await first.LeaseAsync();
        await first.CommitAsync(new() { Lease = lease, Couplings = [Pair(1)] });
        (await second.ListAsync()).Should().Equal(Pair(1));
        var reshaped = Pair(2) with { Base = Base(new(["another", "shape"]), 5) };

        await second.CommitAsync(new() { Lease = lease, Couplings = [reshaped] });

        (await first.FindAsync(Customers, SyncSide.Local, [LocalId(2)], CancellationToken.None)).Should().Equal(reshaped);
    }

    [Fact]
    public async Task Couplings_of_one_shape_share_its_instance()
    {
        await TestStores.CreateAsync(folder.File(), couplings: 1_500);
        await using var store = TestStores.Open(folder.File());

        var shapes = (await store.ListAsync()).Select(pair => pair.Base!.Shape).Distinct(ReferenceEqualityComparer.Instance);

        shapes.Should().ContainSingle();
    }

    [Fact]
    public async Task New_file_opened_by_many_at_once_is_made_once()
    {
        var stores = Enumerable.Range(0, 8)
            .Select(_ => new SqliteCouplingStore(new SqliteCouplingStoreOptions { Path = folder.File() }, time)).ToList();

        await Task.WhenAll(stores.Select((store, number) => Task.Run(async () =>
        {
            var lease = await store.TryAcquireLeaseAsync(
                Customers with { Scope = $"{number}" }, "engine", TimeSpan.FromMinutes(1), CancellationToken.None);
            await store.CommitAsync(new() { Lease = lease!, Couplings = [Pair(number + 1)] });
        })));

        foreach (var number in Enumerable.Range(0, 8))
        {
            (await stores[0].ListAsync(Customers with { Scope = $"{number}" }, CancellationToken.None).ToListAsync()).Should().Equal(Pair(number + 1));
        }

        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    // Whether two switches to the write-ahead log meet is a matter of chance, so many files are made.
    [Fact]
    public async Task New_files_opened_by_many_at_once_are_waited_for()
    {
        for (var round = 0; round < 40; round++)
        {
            var path = folder.File($"round-{round}.db");
            var opening = Enumerable.Range(0, 6).Select(number => Task.Run(async () =>
            {
                await using var store = new SqliteCouplingStore(new SqliteCouplingStoreOptions { Path = path }, time);
                return await store.TryAcquireLeaseAsync(Customers with { Scope = $"{number}" }, "engine", TimeSpan.FromMinutes(1), CancellationToken.None);
            }));

            (await Task.WhenAll(opening)).Should().NotContainNulls();
        }
    }

    [Fact]
    public async Task While_another_writes_reads_go_on_and_commits_fail_as_locked_until_it_is_done()
    {
        await TestStores.CreateAsync(folder.File(), couplings: 1);
        await using var store = TestStores.Open(folder.File());
        using var other = new SqliteConnection($"Data Source={folder.File()};Pooling=false");
        other.Open();
        var writing = other.BeginTransaction(deferred: false);

        var commit = async () => await store.CommitAsync(new() { Lease = await store.LeaseAsync(), Couplings = [Pair(2)] });

        (await commit.Should().ThrowAsync<CouplingStoreException>()).Which.Failure.Should().Be(CouplingStoreFailure.Locked);
        (await store.ListAsync()).Should().Equal(Pair(1));
        await writing.RollbackAsync();
        await commit();
        (await store.ListAsync()).Should().BeEquivalentTo([Pair(1), Pair(2)]);
    }
}
