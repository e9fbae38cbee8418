using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Simulation;

/// <summary>Where couplings survive the processes.</summary>
internal interface IStoreHome : IDisposable
{
    /// <summary>Opens the store for a process; releasing it is what the operating system does when the process ends.</summary>
    OpenedStore Open();
}

/// <summary>A store that a process opened.</summary>
internal readonly record struct OpenedStore(ICouplingStore Store, IDisposable Release);

/// <summary>Couplings in memory that outlive the simulated processes.</summary>
internal sealed class MemoryHome(TimeProvider time) : IStoreHome, IDisposable
{
    private readonly InMemoryCouplingStore store = new(time);

    public OpenedStore Open() => new(store, this);

    public void Dispose()
    {
    }
}

/// <summary>Couplings in an SQLite file, opened anew by every process.</summary>
internal sealed class SqliteHome : IStoreHome
{
    private readonly TimeProvider time;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-simulation-");

    public SqliteHome(TimeProvider time) => this.time = time;

    public OpenedStore Open()
    {
        var options = new SqliteCouplingStoreOptions { Path = Path.Combine(folder.FullName, "couplings.db"), Synchronous = SqliteSynchronous.Normal };
        var store = new SqliteCouplingStore(options, time);
        return new(store, store);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
