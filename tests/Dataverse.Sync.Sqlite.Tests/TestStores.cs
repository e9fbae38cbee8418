using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Sqlite.Tests;

internal static class TestStores
{
    /// <summary>A store that does not wait for locks.</summary>
    public static SqliteCouplingStore Open(string path, TimeProvider? time = null) =>
        new(new SqliteCouplingStoreOptions { Path = path, BusyTimeout = TimeSpan.Zero }, time);

    public static async Task<MappingLease> LeaseAsync(this ICouplingStore store, string owner = "engine") =>
        await store.TryAcquireLeaseAsync(CouplingSamples.Customers, owner, TimeSpan.FromMinutes(5), CancellationToken.None)
        ?? throw new InvalidOperationException("The lease is taken.");

    public static async Task CommitAsync(this ICouplingStore store, StoreCommit commit) =>
        await store.CommitAsync(commit, CancellationToken.None);

    public static async Task<List<Coupling>> ListAsync(this ICouplingStore store) =>
        await store.ListAsync(CouplingSamples.Customers, CancellationToken.None).ToListAsync();

    /// <summary>Makes a file with couplings and closes it.</summary>
    public static async Task CreateAsync(string path, int couplings)
    {
        await using var store = Open(path);
        await store.CommitAsync(new() { Lease = await store.LeaseAsync(), Couplings = CouplingSamples.Pairs(1, couplings) });
    }

    /// <summary>The failure of the first call to a store over a file.</summary>
    public static async Task<CouplingStoreException> FailureOfOpeningAsync(string path)
    {
        await using var store = Open(path);
        var open = () => store.CountAsync(CouplingSamples.Customers, CancellationToken.None).AsTask();
        return (await open.Should().ThrowAsync<CouplingStoreException>()).Which;
    }
}
