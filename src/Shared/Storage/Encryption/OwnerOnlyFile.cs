namespace Dataverse.Sync.Shared;

/// <summary>Creates files that only their owner may read and write, from their first moment on.</summary>
internal static class OwnerOnlyFile
{
    /// <summary>Creates a file, which must not exist. On Windows it has the permissions of its folder.</summary>
    public static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }

    /// <summary>
    /// Creates an empty file if it is missing. Does nothing if it cannot be created: whoever opens it says why.
    /// </summary>
    public static void CreateIfMissing(string path)
    {
        if (File.Exists(path))
        {
            return;
        }

        try
        {
            Create(path).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another process created it at the same moment, or the folder is missing or read-only.
        }
    }

    /// <summary>The path to which symbolic links lead; the path itself if it is not a link.</summary>
    public static string Resolve(string path)
    {
        try
        {
            return File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return path;
        }
    }
}
