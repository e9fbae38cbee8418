namespace Dataverse.Sync.Sqlite;

/// <summary>When a commit is on the disk, as SQLite's <c>synchronous</c> setting in write-ahead mode.</summary>
public enum SqliteSynchronous
{
    /// <summary>Before the commit returns: it survives a killed process, a crash of the machine, and a power loss.</summary>
    Full,

    /// <summary>
    /// Soon after: it survives a killed process. A crash of the machine or a power loss may take the last commits back, whole, and leaves
    /// the file sound. A write that had already left the machine can then be repeated, because its journal entry is gone.
    /// </summary>
    Normal,
}
