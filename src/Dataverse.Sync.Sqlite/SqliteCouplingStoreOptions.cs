namespace Dataverse.Sync.Sqlite;

/// <summary>Where and how <see cref="SqliteCouplingStore"/> keeps its file.</summary>
public sealed record SqliteCouplingStoreOptions
{
    /// <summary>The file; relative to the current directory of the moment when the store is made. Its folder must exist, the file need not.</summary>
    /// <remarks>SQLite keeps two more files beside it while it is open, with the same name and <c>-wal</c> or <c>-shm</c> behind it.</remarks>
    public required string Path { get; init; }

    /// <summary>When a commit is on the disk.</summary>
    /// <value><see cref="SqliteSynchronous.Full"/> by default.</value>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>How long a call waits for another process's transaction before it fails as <see cref="CouplingStoreFailure.Locked"/>.</summary>
    /// <value>10 seconds by default; at most a day. A wait cannot be cancelled.</value>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
