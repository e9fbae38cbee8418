namespace Dataverse.Sync.Simulation;

/// <summary>Couplings in memory that outlive the simulated processes.</summary>
internal sealed class MemoryHome(TimeProvider time) : IStoreHome
{
    private readonly InMemoryCouplingStore store = new(time);

    public OpenedStore Open() => new(store, this);

    public void Dispose()
    {
    }
}
