namespace Dataverse.Sync.Sqlite;

/// <summary>The table of one row that describes the file itself.</summary>
internal static class FileTable
{
    private const string Columns = "identity, writes, key_id, needs_vacuum";

    public static FileFacts Read(FileConnection connection) =>
        Require(connection.Prepared($"SELECT {Columns} FROM file").FirstOrDefault(Read));

    /// <summary>Counts a write, and returns the facts after it.</summary>
    public static FileFacts CountWrite(FileConnection connection) => Require(
        connection.Prepared($"UPDATE file SET writes = writes + 1 RETURNING {Columns}").FirstOrDefault(Read));

    public static void SaveKey(FileConnection connection, byte[]? keyId) =>
        _ = connection.Prepared("UPDATE file SET writes = writes + 1, key_id = ?1, needs_vacuum = 1")
            .Bind(1, keyId).Execute();

    public static void SaveVacuumed(FileConnection connection) =>
        _ = connection.Prepared("UPDATE file SET writes = writes + 1, needs_vacuum = 0").Execute();

    private static FileFacts Read(Row row) =>
        new(row.Guid(0), row.Int64(1), row.IsNull(2) ? null : row.Blob(2).ToArray(), row.Int64(3) != 0);

    private static FileFacts Require(FileFacts? facts) =>
        facts ?? throw new FormatException("The file does not describe itself.");
}
