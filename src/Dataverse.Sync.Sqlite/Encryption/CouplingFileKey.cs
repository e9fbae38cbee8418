using System.Security.Cryptography;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>The key with which a <see cref="SqliteCouplingStore"/> encrypts values in its file.</summary>
/// <remarks>
/// Keep the key outside the coupling file and its backups. Without the key, the file cannot be opened.
/// </remarks>
public sealed class CouplingFileKey
{
    /// <summary>The length of a key in bytes: 32.</summary>
    public const int Length = ValueKey.Length;

    private readonly byte[]? bytes;
    private readonly KeyFile? file;

    private CouplingFileKey(byte[] bytes) => this.bytes = bytes;

    private CouplingFileKey(KeyFile file) => this.file = file;

    /// <summary>Uses the bytes of a key, such as one that the application reads from a vault.</summary>
    /// <param name="key">The key. Its bytes must be random; a password is not a key. They are copied.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="key"/> does not have <see cref="Length"/> bytes.
    /// </exception>
    public static CouplingFileKey FromBytes(ReadOnlySpan<byte> key) => key.Length == Length
        ? new(key.ToArray())
        : throw new ArgumentException($"A key has {Length} bytes.", nameof(key));

    /// <summary>Uses the key in a file that only its owner may read.</summary>
    /// <param name="path">
    /// The path of the file, which contains the <see cref="Length"/> bytes in Base64. A relative path is resolved
    /// against the current directory now.
    /// </param>
    /// <param name="createIfMissing">
    /// Whether a file with a random key is created if it is missing and the coupling file is not encrypted yet.
    /// </param>
    /// <returns>The key. The file is read when the store opens the coupling file.</returns>
    /// <remarks>
    /// On Unix, a file that the group or others may read is refused, and a new file has mode 0600. On Windows, a new
    /// file has the permissions of its folder.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty, or blank.</exception>
    public static CouplingFileKey FromFile(string path, bool createIfMissing = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(new KeyFile(Path.GetFullPath(path), createIfMissing));
    }

    /// <summary>Describes where the key comes from, without the key.</summary>
    /// <returns>The description.</returns>
    public override string ToString() => file is null ? "key given as bytes" : $"key in file '{file.Path}'";

    /// <summary>Creates the cipher of a coupling file from the key.</summary>
    /// <param name="fileIdentity">The identity of the coupling file.</param>
    /// <param name="mayCreate">Whether a missing key may be created.</param>
    /// <exception cref="CouplingStoreException">The key file is missing or unusable.</exception>
    internal ValueKey ForFile(ReadOnlySpan<byte> fileIdentity, bool mayCreate)
    {
        if (bytes is not null)
        {
            return ValueKey.Derive(bytes, fileIdentity);
        }

        var read = file!.Read(mayCreate);
        try
        {
            return ValueKey.Derive(read, fileIdentity);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(read);
        }
    }
}
