namespace Dataverse.Sync.Sqlite;

/// <summary>Recognizes coupling files, creates them, and migrates older ones to the current version.</summary>
internal static class CouplingSchema
{
    /// <summary>The mark of a coupling file in the header: "DVSY".</summary>
    public const int ApplicationId = 0x44565359;

    /// <summary>
    /// The steps of all versions, in order. A new version adds a step; the earlier steps never change.
    /// </summary>
    public static IReadOnlyList<SchemaStep> Steps { get; } =
    [
        new(1, SchemaVersion1.Script),
        new(2, SchemaVersion2.Script),
        new(3, SchemaVersion3.Script),
        new(4, SchemaVersion4.Script),
        new(5, SchemaVersion5.Script),
        new(6, SchemaVersion6.Script),
        new(7, SchemaVersion7.Script),
        new(8, SchemaVersion8.Script),
        new(9, SchemaVersion9.Script),
        new(10, SchemaVersion10.Script),
        new(11, SchemaVersion11.Script),
        new(12, SchemaVersion12.Script),
    ];

    /// <summary>Creates or migrates the tables of a file. A file that cannot be used is not changed.</summary>
    /// <param name="connection">A connection to the file.</param>
    /// <param name="path">The path of the file, for messages.</param>
    /// <param name="steps">The steps of all versions, in order.</param>
    /// <exception cref="CouplingStoreException">The file belongs to another program or to a newer version.</exception>
    public static void Prepare(FileConnection connection, string path, IReadOnlyList<SchemaStep> steps)
    {
        // From one snapshot, because another process may be creating the file at the same time.
        var version = connection.InSnapshot(snapshot =>
        {
            RequireCouplingFile(snapshot, path);
            return RequireKnownVersion(snapshot, path, steps);
        });
        if (connection.ReadWithRetry("PRAGMA journal_mode = WAL", row => row.Text(0)) != "wal")
        {
            throw FileErrors.NoWriteAheadLog(path);
        }

        if (version < steps[^1].Version)
        {
            _ = connection.InTransaction(_ => Upgrade(connection, path, steps));
            WriteLogToFile(connection, version);
        }
    }

    // From then on, the main file tells which version of it this is; see FileGuard. A new file has nothing to lose yet.
    private static void WriteLogToFile(FileConnection connection, long version)
    {
        if (version > 0)
        {
            connection.Run("PRAGMA wal_checkpoint(PASSIVE)");
        }
    }

    private static void RequireCouplingFile(FileConnection connection, string path)
    {
        var mark = connection.Read("PRAGMA application_id", row => row.Int64(0));
        var isEmpty = mark == 0 && connection.Read("SELECT count(*) FROM sqlite_master", row => row.Int64(0)) == 0;
        if (mark != ApplicationId && !isEmpty)
        {
            throw FileErrors.NotACouplingFile(path);
        }
    }

    private static long RequireKnownVersion(FileConnection connection, string path, IReadOnlyList<SchemaStep> steps)
    {
        var version = connection.Read("PRAGMA user_version", row => row.Int64(0));
        return version <= steps[^1].Version ? version : throw FileErrors.NewerVersion(path, version, steps[^1].Version);
    }

    // Reads the version again under the write lock, because another process may have migrated the file in the meantime.
    private static bool Upgrade(FileConnection connection, string path, IReadOnlyList<SchemaStep> steps)
    {
        var version = RequireKnownVersion(connection, path, steps);
        foreach (var step in steps.Where(step => step.Version > version))
        {
            connection.Run(step.Script);
            connection.Run($"PRAGMA user_version = {step.Version}");
        }

        connection.Run($"PRAGMA application_id = {ApplicationId}");
        return true;
    }
}
