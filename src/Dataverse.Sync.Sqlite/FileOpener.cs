using Dataverse.Sync.Shared;
using Microsoft.Data.Sqlite;

namespace Dataverse.Sync.Sqlite;

/// <summary>Opens connections to the file: creates it with narrow rights, migrates it, and finds its key.</summary>
internal sealed class FileOpener(SqliteCouplingStoreOptions options, string path, FileGuard guard)
{
    // Deleted values are overwritten in pages that are written anyway.
    private const string Settings = "PRAGMA secure_delete = FAST";

    private volatile ValueKey? key;

    /// <summary>Opens the connection for writing, the first one of all.</summary>
    public FileConnection OpenWriter()
    {
        guard.RequireFile();
        if (!guard.KnowsFile)
        {
            OwnerOnlyFile.CreateIfMissing(path);
        }

        // macOS flushes the cache of the drive only with the second setting, which has no effect on other systems.
        var synchronous = options.Synchronous == SqliteSynchronous.Full
            ? "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON"
            : "PRAGMA synchronous = NORMAL";
        return Open(
            SqliteOpenMode.ReadWriteCreate,
            connection =>
            {
                connection.Run($"{Settings}; {synchronous}");
                CouplingSchema.Prepare(connection, path, CouplingSchema.Steps);
                _ = guard.Recognize(connection);
                key = FileEncryption.Prepare(connection, path, options.EncryptionKey, options.PreviousEncryptionKey);
                EarlierJournal.Move(connection, new());
            });
    }

    /// <summary>Opens a connection for reading, after the one for writing was opened once.</summary>
    public FileConnection OpenReader()
    {
        guard.RequireFile();
        return Open(
            SqliteOpenMode.ReadWrite,
            connection =>
            {
                connection.Run("PRAGMA query_only = ON");
                RequireKey(guard.Recognize(connection));
                connection.UseKey(key);
            });
    }

    /// <summary>Checks in a transaction that the file still has the key with which the store writes.</summary>
    /// <exception cref="CouplingStoreException">Another process changed the key.</exception>
    public void RequireKey(FileFacts facts) => FileEncryption.RequireKey(facts, key, path);

    /// <summary>Closes a connection.</summary>
    public void Close(FileConnection connection)
    {
        if (guard.IsLost)
        {
            connection.KeepLogOnClose();
        }

        connection.Dispose();
    }

    private FileConnection Open(SqliteOpenMode mode, Action<FileConnection> prepare)
    {
        var connection = FileConnection.Open(path, options.BusyTimeout, mode);
        try
        {
            prepare(connection);
            return connection;
        }
        catch
        {
            Close(connection);
            throw;
        }
    }
}
