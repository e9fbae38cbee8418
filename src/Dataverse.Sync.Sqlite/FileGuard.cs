using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dataverse.Sync.Sqlite;

/// <summary>Notices that the file was deleted, replaced, or put back to an earlier state while the store uses it.</summary>
/// <remarks>
/// <para>On Unix, an open connection goes on working with a deleted file. The store would then write its journal and
/// its couplings into nothing.</para>
/// <para>Two things are compared. The path must lead to the file that is open, which costs a call to the operating
/// system. And the file's count of its writes must never fall: not in the database, and not in the main file under the
/// write-ahead log, which is read again after it was changed, usually once per a thousand pages. Between two changes of
/// the main file, a copy that was put back under the log has the content of the main file and does no harm.</para>
/// </remarks>
internal sealed class FileGuard(string path)
{
    private readonly string logPath = path + "-wal";
    private readonly Lock gate = new();
    private volatile CouplingStoreException? lost;
    private FileFacts? known;
    private long mainWrites = -1;
    private (DateTime WrittenOn, long Length) mainStamp;

    /// <summary>Whether the file was opened before, so that it must exist.</summary>
    public bool KnowsFile => Volatile.Read(ref known) is not null;

    /// <summary>Whether the file was lost. Its connections must not write into what is in its place.</summary>
    public bool IsLost => lost is not null;

    /// <exception cref="CouplingStoreException">The file was lost.</exception>
    public void RequireNotLost()
    {
        if (lost is { } error)
        {
            throw new CouplingStoreException(error.Failure, error.Message, error);
        }
    }

    /// <summary>Checks before a connection is opened that the file is there, unless it may be created.</summary>
    public void RequireFile()
    {
        if (KnowsFile && !File.Exists(path))
        {
            throw Lose("deleted");
        }
    }

    /// <summary>Compares a connection that was just opened with what is known of the file.</summary>
    public FileFacts Recognize(FileConnection connection)
    {
        // Taken before the file is read, because another thread can commit in between.
        var expected = Volatile.Read(ref known);
        var facts = FileTable.Read(connection);
        if (expected is null)
        {
            RememberMain(facts);
        }

        Compare(expected, facts);
        Remember(facts);
        return facts;
    }

    /// <summary>Counts a write in its transaction, and checks that it goes to the right file.</summary>
    public FileFacts BeginWrite(FileConnection connection)
    {
        RequireInPlace(connection);
        RequireMainFile();
        var facts = FileTable.CountWrite(connection);
        Compare(Volatile.Read(ref known), facts);
        return facts;
    }

    /// <summary>Checks that a commit went to the file that is at the path.</summary>
    public void EndWrite(FileConnection connection, FileFacts facts)
    {
        Remember(facts);
        RequireSameFile(connection);
    }

    /// <summary>Checks that the path leads to the file that is open, and that its log is there.</summary>
    public void RequireInPlace(FileConnection connection)
    {
        RequireSameFile(connection);
        if (!File.Exists(logPath))
        {
            throw Lose("separated from its write-ahead log (-wal)");
        }
    }

    private void RequireSameFile(FileConnection connection)
    {
        if (connection.HasMoved(path))
        {
            throw Lose("deleted, renamed, or replaced");
        }
    }

    // The stamp is taken before the file is read, so that a change in between is seen the next time.
    private void RequireMainFile()
    {
        var stamp = StampOfMain();
        if (stamp == mainStamp)
        {
            return;
        }

        if (!TryReadMain(out var facts))
        {
            return;
        }

        var writes = facts?.Writes ?? -1;
        if (writes < mainWrites || (facts is not null && facts.Identity != known!.Identity))
        {
            throw Lose("replaced by an older copy or another file");
        }

        mainWrites = writes;
        mainStamp = stamp;
    }

    private void RememberMain(FileFacts facts)
    {
        var stamp = StampOfMain();
        if (!TryReadMain(out var main))
        {
            return;
        }

        if (main is not null && main.Identity != facts.Identity)
        {
            throw lost = FileErrors.ForeignLog(path);
        }

        mainWrites = main?.Writes ?? -1;
        mainStamp = stamp;
    }

    private (DateTime WrittenOn, long Length) StampOfMain()
    {
        var file = new FileInfo(path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    // No facts are in the main file while the log of a new file was not written into it yet. While the log is being
    // written into it, and after a full disk or a killed process ended that, the main file alone is not a whole database.
    // The log still is, so such a file is not judged. It is read again with the next write.
    private bool TryReadMain(out FileFacts? facts)
    {
        facts = null;
        try
        {
            using var main = FileConnection.OpenMainFile(path);
            facts = FileTable.Read(main);
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode == raw.SQLITE_ERROR)
        {
            return true;
        }
        catch (SqliteException error) when (error.SqliteErrorCode is raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB)
        {
            return false;
        }
    }

    private void Compare(FileFacts? expected, FileFacts facts)
    {
        if (expected is not null && (facts.Identity != expected.Identity || facts.Writes < expected.Writes))
        {
            throw Lose("replaced by an older copy or another file");
        }
    }

    private void Remember(FileFacts facts)
    {
        lock (gate)
        {
            if (known is null || facts.Writes >= known.Writes)
            {
                Volatile.Write(ref known, facts);
            }
        }
    }

    private CouplingStoreException Lose(string what) => lost = FileErrors.Replaced(path, what);
}
