using System.Security.Cryptography;

namespace Dataverse.Sync.Shared;

/// <summary>A file that contains a key in Base64, and that only its owner may read.</summary>
internal sealed class KeyFile(string path, bool createIfMissing)
{
    private const UnixFileMode OtherUsers =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private const int LongestFile = 1_024;

    public string Path => path;

    /// <exception cref="CouplingStoreException">The file is missing or unusable.</exception>
    public byte[] Read(bool mayCreate)
    {
        try
        {
            if (mayCreate && createIfMissing && !File.Exists(path))
            {
                Create();
            }

            RequireOwnerOnly();
            return Decode();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refused("does not exist or cannot be read", error);
        }
    }

    // Written under another name first, so that another process never reads a part of a key.
    private void Create()
    {
        var unfinished = $"{path}.{Guid.NewGuid():N}";
        try
        {
            using (var stream = OwnerOnlyFile.Create(unfinished))
            using (var writer = new StreamWriter(stream))
            {
                writer.WriteLine(Convert.ToBase64String(RandomNumberGenerator.GetBytes(ValueKey.Length)));
                writer.Flush();
                stream.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path);
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process created the key first, and this one is of no use.
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private void RequireOwnerOnly()
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(OwnerOnlyFile.Resolve(path)) & OtherUsers) != 0)
        {
            throw Refused("can be read or written by others than its owner (mode 0600 is required)");
        }
    }

    private byte[] Decode()
    {
        if (new FileInfo(OwnerOnlyFile.Resolve(path)).Length > LongestFile)
        {
            throw NoKey();
        }

        var key = new byte[ValueKey.Length + 1];
        return Convert.TryFromBase64String(File.ReadAllText(path).Trim(), key, out var length)
            && length == ValueKey.Length
                ? key[..length]
                : throw NoKey();
    }

    private CouplingStoreException NoKey() =>
        Refused($"does not contain a key of {ValueKey.Length} bytes in Base64");

    private CouplingStoreException Refused(string reason, Exception? error = null) =>
        new(CouplingStoreFailure.WrongKey, $"Key file '{path}' {reason}.", error);
}
