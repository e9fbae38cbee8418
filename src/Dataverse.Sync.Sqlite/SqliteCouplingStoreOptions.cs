namespace Dataverse.Sync.Sqlite;

/// <summary>The settings of a <see cref="SqliteCouplingStore"/>.</summary>
public sealed record SqliteCouplingStoreOptions
{
    /// <summary>The path of the file. The folder must exist; the file is created if it is missing.</summary>
    /// <remarks>
    /// <para>A relative path is resolved against the current directory when the store is created.</para>
    /// <para>While the file is open, SQLite keeps two more files in the same folder, whose names end in <c>-wal</c> and
    /// <c>-shm</c>.</para>
    /// </remarks>
    public required string Path { get; init; }

    /// <summary>When a commit is flushed to the disk.</summary>
    /// <value>The default is <see cref="SqliteSynchronous.Full"/>.</value>
    public SqliteSynchronous Synchronous { get; init; } = SqliteSynchronous.Full;

    /// <summary>
    /// How long a call waits for the transaction of another process before it fails with
    /// <see cref="CouplingStoreFailure.Locked"/>.
    /// </summary>
    /// <remarks>The wait cannot be canceled.</remarks>
    /// <value>From zero to 1 day. The default is 10 seconds.</value>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
