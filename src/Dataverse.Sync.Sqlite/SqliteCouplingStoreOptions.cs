namespace Dataverse.Sync.Sqlite;

/// <summary>The settings of a <see cref="SqliteCouplingStore"/>.</summary>
public sealed record SqliteCouplingStoreOptions
{
    /// <summary>The path of the file. The folder must exist; the file is created if it is missing.</summary>
    /// <remarks>
    /// <para>A relative path is resolved against the current directory when the store is created.</para>
    /// <para>While the file is open, SQLite keeps two more files in the same folder, whose names end in <c>-wal</c> and
    /// <c>-shm</c>.</para>
    /// <para>On Unix, only the owner may read and write a new file (mode 0600) and the two files beside it. On Windows,
    /// they have the permissions of their folder. An existing file keeps its permissions.</para>
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

    /// <summary>
    /// The key with which the values of conflicts, bases, and business keys are encrypted (AES-256-GCM).
    /// </summary>
    /// <value>The default is null, which does not encrypt them.</value>
    /// <remarks>
    /// <para>If the file is not encrypted yet, the first call encrypts the values that it contains, in one transaction.
    /// From then on, the file cannot be opened without this key.</para>
    /// <para>Ids, names of mappings and fields, checkpoints, and texts of errors are not encrypted.</para>
    /// </remarks>
    public CouplingFileKey? EncryptionKey { get; init; }

    /// <summary>
    /// The key with which the file was encrypted before. The first call converts the file to
    /// <see cref="EncryptionKey"/>, or decrypts it if that is null.
    /// </summary>
    /// <value>The default is null. A key that the file no longer has is ignored.</value>
    public CouplingFileKey? PreviousEncryptionKey { get; init; }

    /// <summary>How long the values of a conflict are kept after it was resolved or lapsed.</summary>
    /// <value>
    /// From zero to 100 years, or null to keep them. The default is <see cref="RecordConflict.DefaultValueRetention"/>.
    /// </value>
    /// <remarks>
    /// The values are removed when a run starts, at most 1,000 conflicts at a time. The conflict is still listed; see
    /// <see cref="RecordConflict.ValuesRemoved"/>.
    /// </remarks>
    public TimeSpan? ConflictValueRetention { get; init; } = RecordConflict.DefaultValueRetention;
}
