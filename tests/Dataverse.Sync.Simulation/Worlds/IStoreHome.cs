namespace Dataverse.Sync.Simulation;

/// <summary>Where couplings survive the processes.</summary>
internal interface IStoreHome : IDisposable
{
    /// <summary>Opens the store for a process; releasing it is what the operating system does when the process ends.</summary>
    OpenedStore Open();
}

/// <summary>A store that a process opened.</summary>
internal readonly record struct OpenedStore(ICouplingStore Store, IDisposable Release);
