using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.PostgreSql.Tests;

internal static class StoreCalls
{
    public static async Task<MappingLease> LeaseAsync(this ICouplingStore store, string owner = "engine") =>
        await store.TryAcquireLeaseAsync(CouplingSamples.Customers, owner, TimeSpan.FromMinutes(5), CancellationToken.None)
        ?? throw new InvalidOperationException("The lease is taken.");

    public static async Task CommitAsync(this ICouplingStore store, StoreCommit commit) =>
        await store.CommitAsync(commit, CancellationToken.None);

    public static async Task<List<Coupling>> ListAsync(this ICouplingStore store) =>
        await store.ListAsync(CouplingSamples.Customers, CancellationToken.None).ToListAsync();

    public static async Task<long> CountAsync(this ICouplingStore store) =>
        await store.CountAsync(CouplingSamples.Customers, CancellationToken.None);

    /// <summary>The failure of a call.</summary>
    public static async Task<CouplingStoreException> FailureOfAsync(Func<Task> call) =>
        (await call.Should().ThrowAsync<CouplingStoreException>()).Which;
}
