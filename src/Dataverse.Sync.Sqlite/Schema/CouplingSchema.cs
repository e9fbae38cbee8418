namespace Dataverse.Sync.Sqlite;

/// <summary>Tells coupling files from others, creates them, and brings older ones to the present version.</summary>
internal static class CouplingSchema
{
    /// <summary>"DVSY" in the file's header: the mark of a coupling file.</summary>
    public const int ApplicationId = 0x44565359;

    /// <summary>All versions in order. A new version is one more step; the steps before it never change.</summary>
    public static IReadOnlyList<SchemaStep> Steps { get; } =
    [
        new(1, SchemaVersion1.Script), new(2, SchemaVersion2.Script), new(3, SchemaVersion3.Script),
    ];

    /// <summary>Makes the file ready for use, or leaves it as it is and throws.</summary>
    /// <exception cref="CouplingStoreException">The file belongs to another program or to a newer version.</exception>
    public static void Prepare(FileConnection connection, string path, IReadOnlyList<SchemaStep> steps)
    {
        // As of one moment: another process may be making the file right now.
        var version = connection.InSnapshot(snapshot =>
        {
            RequireCouplingFile(snapshot, path);
            return RequireKnownVersion(snapshot, path, steps);
        });
        if (connection.ReadPatiently("PRAGMA journal_mode = WAL", row => row.Text(0)) != "wal")
        {
            throw FileFault.WithoutLog(path);
        }

        if (version < steps[^1].Version)
        {
            _ = connection.InTransaction(_ => Upgrade(connection, path, steps));
        }
    }

    private static void RequireCouplingFile(FileConnection connection, string path)
    {
        var mark = connection.Read("PRAGMA application_id", row => row.Int64(0));
        var isEmpty = mark == 0 && connection.Read("SELECT count(*) FROM sqlite_master", row => row.Int64(0)) == 0;
        if (mark != ApplicationId && !isEmpty)
        {
            throw FileFault.Foreign(path);
        }
    }

    private static long RequireKnownVersion(FileConnection connection, string path, IReadOnlyList<SchemaStep> steps)
    {
        var version = connection.Read("PRAGMA user_version", row => row.Int64(0));
        return version <= steps[^1].Version ? version : throw FileFault.Newer(path, version, steps[^1].Version);
    }

    // Asks again under the write lock: another process may have been faster.
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
