using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dataverse.Sync.Sqlite;

/// <summary>Creates the exceptions of the store from the errors of SQLite and from what a file contains.</summary>
internal static class FileErrors
{
    public static CouplingStoreException From(SqliteException error, string path) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(
            CouplingStoreFailure.Locked, $"Coupling file '{path}' is locked by another process.", error),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new(
            CouplingStoreFailure.Corrupt, $"Coupling file '{path}' is damaged or is not an SQLite file.", error),
        raw.SQLITE_FULL => new(
            CouplingStoreFailure.Unavailable, $"The disk of coupling file '{path}' is full.", error),
        raw.SQLITE_READONLY or raw.SQLITE_PERM or raw.SQLITE_AUTH => new(
            CouplingStoreFailure.Unavailable,
            $"Coupling file '{path}' cannot be written: the file or its folder is read-only.",
            error),
        raw.SQLITE_CANTOPEN => new(
            CouplingStoreFailure.Unavailable,
            $"Coupling file '{path}' cannot be opened: the folder does not exist, or access is denied.",
            error),
        raw.SQLITE_IOERR when IsWrite(error.SqliteExtendedErrorCode) => new(
            CouplingStoreFailure.Unavailable,
            $"Coupling file '{path}' cannot be written: the disk failed, or the file reached a size limit "
            + $"(SQLite error {error.SqliteExtendedErrorCode}).",
            error),
        _ => new(
            CouplingStoreFailure.Unavailable,
            $"Coupling file '{path}' cannot be read or written (SQLite error {error.SqliteExtendedErrorCode}).",
            error),
    };

    public static CouplingStoreException From(FormatException error, string path) =>
        new(CouplingStoreFailure.Corrupt, $"Coupling file '{path}' is damaged.", error);

    public static CouplingStoreException NotACouplingFile(string path) =>
        new(CouplingStoreFailure.Corrupt, $"'{path}' is an SQLite file of another program, not a coupling file.");

    public static CouplingStoreException NewerVersion(string path, long version, int supported) => new(
        CouplingStoreFailure.NewerVersion,
        $"Coupling file '{path}' has version {version}; this library supports versions up to {supported}.");

    public static CouplingStoreException NoWriteAheadLog(string path) => new(
        CouplingStoreFailure.Unavailable,
        $"The file system of coupling file '{path}' does not support SQLite's write-ahead log.");

    public static CouplingStoreException Replaced(string path, string what) => new(
        CouplingStoreFailure.Replaced,
        $"Coupling file '{path}' was {what} while it was in use. Nothing more is read or written. "
        + "Put the right file in place, and create a new store, such as by restarting the application.");

    public static CouplingStoreException ForeignLog(string path) => new(
        CouplingStoreFailure.Corrupt,
        $"Coupling file '{path}' is beside the write-ahead log of another file. When a copy is put in place, the files "
        + $"'{path}-wal' and '{path}-shm' must be replaced or deleted with it.");

    public static CouplingStoreException WrongKey(string path, string reason) =>
        new(CouplingStoreFailure.WrongKey, $"Coupling file '{path}' {reason}");

    private static bool IsWrite(int extendedCode) =>
        extendedCode is raw.SQLITE_IOERR_WRITE or raw.SQLITE_IOERR_FSYNC
            or raw.SQLITE_IOERR_TRUNCATE or raw.SQLITE_IOERR_SHMSIZE;
}
