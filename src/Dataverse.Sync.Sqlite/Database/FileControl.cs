using System.Runtime.InteropServices;
using SQLitePCL;

namespace Dataverse.Sync.Sqlite;

/// <summary>The file controls of SQLite that its .NET package does not expose.</summary>
internal static class FileControl
{
    /// <summary>SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE.</summary>
    public const int NoCheckpointOnClose = 1006;

    private const string Library = "e_sqlite3";
    private const int FileHasMoved = 20;

    // Another library than the one of the package, which an application can choose, is not called.
    private static readonly bool IsAvailable = raw.GetNativeLibraryName() == Library;

    /// <summary>
    /// Whether the path of an open file leads to another file or to none. Where SQLite cannot be asked, only whether it
    /// leads to none. On Windows, an open file cannot be deleted or renamed.
    /// </summary>
    public static bool HasMoved(sqlite3 connection, string path)
    {
        if (!IsAvailable)
        {
            return !File.Exists(path);
        }

        var moved = 0;
        return ControlFile(connection.DangerousGetHandle(), 0, FileHasMoved, ref moved) == raw.SQLITE_OK && moved != 0;
    }

    [DllImport(Library, EntryPoint = "sqlite3_file_control", CallingConvention = CallingConvention.Cdecl)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories | DllImportSearchPath.AssemblyDirectory)]
    private static extern int ControlFile(nint connection, nint database, int operation, ref int argument);
}
