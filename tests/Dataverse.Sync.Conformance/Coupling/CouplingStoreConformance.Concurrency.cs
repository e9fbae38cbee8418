using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

public abstract partial class CouplingStoreConformance
{
    [Fact]
    public async Task Parallel_commits_are_all_stored()
    {
        var lease = await LeaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var turn = 0; turn < 20; turn++)
            {
                var first = (worker * 1_000) + (turn * 10) + 1;
                await CommitAsync(new() { Lease = lease, Couplings = Pairs(first, 10), Intents = [Intent(first)] });
            }
        })));

        (await ListAsync()).OrderBy(pair => pair.LocalVersion).Should()
            .Equal(Enumerable.Range(0, 8).SelectMany(worker => Pairs((worker * 1_000) + 1, 200)));
        (await ListIntentsAsync()).Should().HaveCount(160);
    }

    [Fact]
    public async Task Readers_see_a_commit_whole_or_not_at_all()
    {
        var lease = await LeaseAsync();
        var ids = Pairs(1, 50).Select(pair => pair.LocalId).ToArray();
        var committing = Task.Run(async () =>
        {
            for (var turn = 1UL; turn <= 40; turn++)
            {
                await CommitAsync(new() { Lease = lease, Couplings = [.. Pairs(1, 50).Select(pair => pair with { LocalVersion = turn })] });
                await CommitAsync(new() { Lease = lease, UncoupledLocalIds = ids });
            }
        });

        do
        {
            var found = await FindAsync(SyncSide.Local, ids);
            found.Count.Should().BeOneOf(0, ids.Length);
            found.Select(pair => pair.LocalVersion).Distinct().Should().HaveCountLessThan(2);
        }
        while (!committing.IsCompleted);

        await committing;
    }

    [Fact]
    public async Task Of_many_that_want_a_lease_one_gets_it()
    {
        var leases = await Task.WhenAll(Enumerable.Range(0, 16)
            .Select(owner => Task.Run(async () => await TryAcquireAsync($"engine {owner}"))));

        leases.Should().ContainSingle(lease => lease != null);
    }

    [Fact]
    public async Task Every_call_with_a_cancelled_token_is_cancelled_and_changes_nothing()
    {
        var lease = await WithOneOfEverythingAsync();
        var cancelled = new CancellationToken(canceled: true);
        Func<Task>[] calls =
        [
            async () => await Store.FindAsync(Customers, SyncSide.Local, [LocalId(1)], cancelled),
            async () => await Store.ListAsync(Customers, cancelled).ToListAsync(CancellationToken.None),
            async () => await Store.CountAsync(Customers, cancelled),
            async () => await Store.ReadStateAsync(Customers, cancelled),
            async () => await Store.ListIntentsAsync(Customers, cancelled),
            async () => await Store.ListFailuresAsync(Customers, cancelled).ToListAsync(CancellationToken.None),
            async () => await Store.ListConflictsAsync(Customers, true, cancelled).ToListAsync(CancellationToken.None),
            async () => await Store.CommitAsync(Everything(lease), cancelled),
            async () => await Store.TryAcquireLeaseAsync(Customers, "engine", LeaseTime, cancelled),
            async () => await Store.TryRenewLeaseAsync(lease, LeaseTime, cancelled),
            async () => await Store.ReleaseLeaseAsync(lease, cancelled),
        ];

        foreach (var call in calls)
        {
            await call.Should().ThrowAsync<OperationCanceledException>();
        }

        await ShouldStillHaveOneOfEverythingAsync();
        await CommitAsync(new() { Lease = lease, Couplings = [Pair(3)] });
    }
}
