using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Dataverse.Sync.Sqlite;

/// <summary>Says what SQLite's error codes mean to the user of a coupling file.</summary>
internal static class FileFault
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
            CouplingStoreFailure.Unavailable, $"Coupling file '{path}' cannot be written: it, or its folder, is read-only.", error),
        raw.SQLITE_CANTOPEN => new(
            CouplingStoreFailure.Unavailable, $"Coupling file '{path}' cannot be opened: its folder is missing, or rights are.", error),
        raw.SQLITE_IOERR when IsWrite(error.SqliteExtendedErrorCode) => new(
            CouplingStoreFailure.Unavailable,
            $"Coupling file '{path}' cannot be written: the disk fails, or the file may not grow (SQLite error {error.SqliteExtendedErrorCode}).",
            error),
        _ => new(
            CouplingStoreFailure.Unavailable,
            $"Coupling file '{path}' cannot be read or written (SQLite error {error.SqliteExtendedErrorCode}).",
            error),
    };

    public static CouplingStoreException From(FormatException error, string path) =>
        new(CouplingStoreFailure.Corrupt, $"Coupling file '{path}' is damaged.", error);

    public static CouplingStoreException Foreign(string path) =>
        new(CouplingStoreFailure.Corrupt, $"'{path}' is an SQLite file of another program, not a coupling file.");

    public static CouplingStoreException Newer(string path, long version, int known) =>
        new(CouplingStoreFailure.NewerVersion, $"Coupling file '{path}' has version {version}; this library knows versions up to {known}.");

    public static CouplingStoreException WithoutLog(string path) =>
        new(CouplingStoreFailure.Unavailable, $"The file system of coupling file '{path}' does not support SQLite's write-ahead log.");

    private static bool IsWrite(int extendedCode) =>
        extendedCode is raw.SQLITE_IOERR_WRITE or raw.SQLITE_IOERR_FSYNC or raw.SQLITE_IOERR_TRUNCATE or raw.SQLITE_IOERR_SHMSIZE;
}
