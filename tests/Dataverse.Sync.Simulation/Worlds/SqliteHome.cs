using Dataverse.Sync.Sqlite;

namespace Dataverse.Sync.Simulation;

/// <summary>Couplings in an SQLite file, opened anew by every process.</summary>
internal sealed class SqliteHome(TimeProvider time) : IStoreHome
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("dataverse-sync-simulation-");

    // A simulated process does not take the operating system with it, so nothing is gained by flushing every commit to the disk.
    public OpenedStore Open()
    {
        var options = new SqliteCouplingStoreOptions { Path = Path.Combine(folder.FullName, "couplings.db"), Synchronous = SqliteSynchronous.Normal };
        var store = new SqliteCouplingStore(options, time);
        return new(store, store);
    }

    public void Dispose() => folder.Delete(recursive: true);
}
