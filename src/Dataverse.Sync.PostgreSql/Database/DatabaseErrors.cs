using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>Creates the exceptions of the store from the errors of PostgreSQL and from what a schema contains.</summary>
/// <remarks>Messages name the schema and the code of the error. The server's own texts can contain values.</remarks>
internal static class DatabaseErrors
{
    private const string AdminShutdown = "57P01";
    private const string CrashShutdown = "57P02";

    /// <summary>Whether the server rolled the transaction back for the sake of another one, so that it can be repeated.</summary>
    public static bool IsCollision(NpgsqlException error) =>
        error.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected;

    /// <summary>
    /// Whether a connection ended, as those of a pool do when the server, or a pooler, was restarted or found them idle.
    /// </summary>
    public static bool IsLostConnection(NpgsqlException error) => error is PostgresException
        ? error.SqlState is AdminShutdown or CrashShutdown
        : error.InnerException is IOException;

    /// <summary>Whether the tables of the store are missing.</summary>
    public static bool IsMissing(NpgsqlException error) => error.SqlState is PostgresErrorCodes.UndefinedTable
        or PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.InvalidCatalogName;

    /// <summary>Whether a commit would put an integration record into two couplings.</summary>
    public static bool IsSecondCoupling(PostgresException error) =>
        error.SqlState == PostgresErrorCodes.UniqueViolation && error.ConstraintName == "coupling_integration";

    public static CouplingStoreException From(NpgsqlException error, SchemaName schema) => error.SqlState switch
    {
        null => new(
            CouplingStoreFailure.Unavailable,
            error.InnerException is TimeoutException
                ? $"{Name(schema)} did not answer in time, or all connections are in use."
                : $"{Name(schema)} cannot be reached, or the connection was lost.",
            error),
        PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled
            or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => new(
            CouplingStoreFailure.Locked, $"{Name(schema)} is locked by another session{Code(error)}.", error),
        PostgresErrorCodes.UniqueViolation => new(
            CouplingStoreFailure.AlreadyCoupled, $"A record of {Name(schema)} would be stored twice{Code(error)}.", error),
        PostgresErrorCodes.ReadOnlySqlTransaction => new(
            CouplingStoreFailure.Unavailable,
            $"{Name(schema)} cannot be written: the server or the session is read-only, as a standby is{Code(error)}.",
            error),
        PostgresErrorCodes.InsufficientPrivilege => new(
            CouplingStoreFailure.Unavailable,
            $"{Name(schema)} cannot be used: the role lacks a right{Code(error)}.",
            error),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => new(
            CouplingStoreFailure.Unavailable,
            $"{Name(schema)} cannot be opened: the server refused the role{Code(error)}.",
            error),
        PostgresErrorCodes.DiskFull => new(
            CouplingStoreFailure.Unavailable, $"The disk of {Name(schema)} is full{Code(error)}.", error),
        PostgresErrorCodes.UndefinedColumn or PostgresErrorCodes.DatatypeMismatch
            or PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => Damaged(schema, error),
        _ => new(CouplingStoreFailure.Unavailable, $"{Name(schema)} cannot be read or written{Code(error)}.", error),
    };

    public static CouplingStoreException Damaged(SchemaName schema, Exception error) =>
        new(CouplingStoreFailure.Corrupt, $"{Name(schema)} is damaged.", error);

    public static CouplingStoreException NotACouplingStore(SchemaName schema) => new(
        CouplingStoreFailure.Corrupt,
        $"Schema '{schema.Value}' contains tables of another program and no coupling store.");

    public static CouplingStoreException WrongEncoding(string encoding) => new(
        CouplingStoreFailure.Unavailable,
        $"The encoding of the database is {encoding}; a coupling store needs UTF8.");

    public static CouplingStoreException NewerVersion(SchemaName schema, int version, int supported) => new(
        CouplingStoreFailure.NewerVersion,
        $"{Name(schema)} has version {version}; this library supports versions up to {supported}.");

    public static CouplingStoreException Replaced(SchemaName schema, string what, Exception? error = null) => new(
        CouplingStoreFailure.Replaced,
        $"{Name(schema)} was {what} while it was in use. Nothing more is read or written. "
        + "Put the right database in place, and create a new store, such as by restarting the application.",
        error);

    public static CouplingStoreException WrongKey(SchemaName schema, string reason) =>
        new(CouplingStoreFailure.WrongKey, $"{Name(schema)} {reason}");

    public static CouplingStoreException AlreadyCoupled(string mapping, Guid? integrationId) => new(
        CouplingStoreFailure.AlreadyCoupled,
        integrationId is { } id
            ? $"Integration record {id} of mapping '{mapping}' would be in two couplings."
            : $"An integration record of mapping '{mapping}' would be in two couplings.");

    private static string Name(SchemaName schema) => $"Coupling store '{schema.Value}'";

    private static string Code(NpgsqlException error) => $" (PostgreSQL error {error.SqlState})";
}
