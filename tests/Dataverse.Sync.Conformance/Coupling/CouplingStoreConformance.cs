using Microsoft.Extensions.Time.Testing;
using static Dataverse.Sync.Conformance.CouplingSamples;

namespace Dataverse.Sync.Conformance;

/// <summary>What every <see cref="ICouplingStore"/> guarantees. An implementation inherits the suite and supplies an empty store.</summary>
public abstract partial class CouplingStoreConformance : IAsyncLifetime
{
    private static readonly TimeSpan LeaseTime = TimeSpan.FromMinutes(5);

    protected FakeTimeProvider Time { get; } = new(Start);

    protected ICouplingStore Store { get; private set; } = null!;

    /// <summary>Makes an empty store whose leases follow the clock.</summary>
    protected abstract ICouplingStore CreateStore(TimeProvider time);

    public virtual Task InitializeAsync()
    {
        Store = CreateStore(Time);
        return Task.CompletedTask;
    }

    public virtual async Task DisposeAsync()
    {
        if (Store is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }

    protected async Task<MappingLease> LeaseAsync(MappingKey? key = null, string owner = "engine") =>
        await Store.TryAcquireLeaseAsync(key ?? Customers, owner, LeaseTime, CancellationToken.None)
        ?? throw new InvalidOperationException("The lease is taken.");

    protected async Task CommitAsync(StoreCommit commit) => await Store.CommitAsync(commit, CancellationToken.None);

    protected async Task<IReadOnlyList<Coupling>> FindAsync(SyncSide side, params Guid[] ids) =>
        await Store.FindAsync(Customers, side, ids, CancellationToken.None);

    protected async Task<IReadOnlyList<Coupling>> ListAsync(MappingKey? key = null) =>
        await Store.ListAsync(key ?? Customers, CancellationToken.None).ToListAsync();

    protected async Task<IReadOnlyList<Intent>> ListIntentsAsync() => await Store.ListIntentsAsync(Customers, CancellationToken.None);

    protected async Task<IReadOnlyList<RecordFailure>> ListFailuresAsync() =>
        await Store.ListFailuresAsync(Customers, CancellationToken.None).ToListAsync();

    protected async Task<IReadOnlyList<RecordConflict>> ListConflictsAsync(bool includeResolved = true) =>
        await Store.ListConflictsAsync(Customers, includeResolved, CancellationToken.None).ToListAsync();

    protected async Task<MappingState> ReadStateAsync() => await Store.ReadStateAsync(Customers, CancellationToken.None);

    /// <summary>A commit of something of everything, of which none may remain when the commit is refused.</summary>
    private static StoreCommit Everything(MappingLease lease) => new()
    {
        Lease = lease,
        Couplings = [Pair(101), Pair(102)],
        UncoupledLocalIds = [LocalId(1)],
        Intents = [Intent(101)],
        RemovedIntents = [Intent(1).Id],
        Failures = [Failure(101)],
        ClearedFailures = [Failure(1).Record],
        Conflicts = [Conflict(101)],
        State = new() { Local = new("later") },
    };

    private async Task<MappingLease> WithOneOfEverythingAsync()
    {
        var lease = await LeaseAsync();
        await CommitAsync(new()
        {
            Lease = lease,
            Couplings = [Pair(1), Pair(2)],
            Intents = [Intent(1)],
            Failures = [Failure(1)],
            Conflicts = [Conflict(1)],
            State = new() { Local = new("before") },
        });
        return lease;
    }

    private async Task ShouldStillHaveOneOfEverythingAsync()
    {
        (await ListAsync()).Should().BeEquivalentTo([Pair(1), Pair(2)]);
        (await FindAsync(SyncSide.Integration, IntegrationId(1), IntegrationId(101))).Should().Equal(Pair(1));
        (await ListIntentsAsync()).Should().Equal(Intent(1));
        (await ListFailuresAsync()).Should().Equal(Failure(1));
        (await ListConflictsAsync()).Should().BeEquivalentTo([Conflict(1)]);
        (await ReadStateAsync()).Should().Be(new MappingState { Local = new("before") });
    }
}
