using System.Security.Cryptography;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.PostgreSql;

/// <summary>The key with which a <see cref="PostgreSqlCouplingStore"/> encrypts values in its tables.</summary>
/// <remarks>
/// All engines that share a store need the same key. Keep it outside the database and its backups. Without the key, the
/// store cannot be opened.
/// </remarks>
public sealed class CouplingDatabaseKey
{
    /// <summary>The length of a key in bytes: 32.</summary>
    public const int Length = ValueKey.Length;

    private readonly byte[]? bytes;
    private readonly KeyFile? file;

    private CouplingDatabaseKey(byte[] bytes) => this.bytes = bytes;

    private CouplingDatabaseKey(KeyFile file) => this.file = file;

    /// <summary>Uses the bytes of a key, such as one that the application reads from a vault.</summary>
    /// <param name="key">The key. Its bytes must be random; a password is not a key. They are copied.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="key"/> does not have <see cref="Length"/> bytes.
    /// </exception>
    public static CouplingDatabaseKey FromBytes(ReadOnlySpan<byte> key) => key.Length == Length
        ? new(key.ToArray())
        : throw new ArgumentException($"A key has {Length} bytes.", nameof(key));

    /// <summary>Uses the key in a file that only its owner may read.</summary>
    /// <param name="path">
    /// The path of the file, which contains the <see cref="Length"/> bytes in Base64. A relative path is resolved
    /// against the current directory now.
    /// </param>
    /// <returns>The key. The file is read when the store is opened.</returns>
    /// <remarks>On Unix, a file that the group or others may read is refused.</remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty, or blank.</exception>
    public static CouplingDatabaseKey FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new(new KeyFile(Path.GetFullPath(path), createIfMissing: false));
    }

    /// <summary>Describes where the key comes from, without the key.</summary>
    /// <returns>The description.</returns>
    public override string ToString() => file is null ? "key given as bytes" : $"key in file '{file.Path}'";

    /// <summary>Derives the key of a store.</summary>
    /// <param name="storeIdentity">The identity of the store.</param>
    /// <exception cref="CouplingStoreException">The key file is missing or unusable.</exception>
    internal ValueKey ForStore(Guid storeIdentity)
    {
        var identity = storeIdentity.ToByteArray();
        if (bytes is not null)
        {
            return ValueKey.Derive(bytes, identity);
        }

        var read = file!.Read(mayCreate: false);
        try
        {
            return ValueKey.Derive(read, identity);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(read);
        }
    }
}
