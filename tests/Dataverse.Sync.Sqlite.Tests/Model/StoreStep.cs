namespace Dataverse.Sync.Sqlite.Tests;

/// <summary>One call to a store in a random history; gives what the caller saw.</summary>
internal abstract record StoreStep
{
    public abstract Task<string> ApplyAsync(StoreUnderTest test);
}

internal sealed record AcquireStep(string Owner) : StoreStep
{
    public override async Task<string> ApplyAsync(StoreUnderTest test)
    {
        var lease = await test.Store.TryAcquireLeaseAsync(StoreUnderTest.Key, Owner, TimeSpan.FromMinutes(5), CancellationToken.None);
        test.Lease = lease ?? test.Lease;
        return $"{lease}";
    }
}

internal sealed record RenewStep : StoreStep
{
    public override async Task<string> ApplyAsync(StoreUnderTest test) =>
        $"{await test.Store.TryRenewLeaseAsync(test.Lease, TimeSpan.FromMinutes(5), CancellationToken.None)}";
}

internal sealed record ReleaseStep : StoreStep
{
    public override async Task<string> ApplyAsync(StoreUnderTest test)
    {
        await test.Store.ReleaseLeaseAsync(test.Lease, CancellationToken.None);
        return "released";
    }
}

internal sealed record WaitStep(int Minutes) : StoreStep
{
    public override Task<string> ApplyAsync(StoreUnderTest test)
    {
        test.Time.Advance(TimeSpan.FromMinutes(Minutes));
        return Task.FromResult("waited");
    }
}

/// <summary>A commit; the lease in it stands for whichever lease the test holds.</summary>
internal sealed record CommitStep(StoreCommit Commit) : StoreStep
{
    public override async Task<string> ApplyAsync(StoreUnderTest test)
    {
        try
        {
            await test.Store.CommitAsync(Commit with { Lease = test.Lease }, CancellationToken.None);
            return "committed";
        }
        catch (SyncException refusal)
        {
            return $"{refusal.GetType().Name} {(refusal as CouplingStoreException)?.Failure}";
        }
    }
}
