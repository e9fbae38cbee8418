namespace Dataverse.Sync.Sqlite;

/// <summary>
/// When a commit is flushed to the disk: the <c>synchronous</c> setting of SQLite in write-ahead mode.
/// </summary>
public enum SqliteSynchronous
{
    /// <summary>
    /// Before the commit returns. The commit survives a killed process, a crash of the machine, and a power loss.
    /// </summary>
    Full,

    /// <summary>
    /// Later. The commit survives a killed process; a crash of the machine or a power loss can undo the last commits.
    /// </summary>
    /// <remarks>
    /// Each of these commits is undone completely, and the file stays intact. If the journal entry of a write is lost
    /// after the write reached its system, the next run can repeat the write.
    /// </remarks>
    Normal,
}
