using System.Security.Cryptography;

namespace Dataverse.Sync.Sqlite;

/// <summary>A key for the values of one coupling file, and the id by which the file recognizes it.</summary>
/// <remarks>
/// Derived from the key that was given and the identity of the file, so that two files under one key share neither
/// ciphertexts nor nonces. The id tells nothing about the key.
/// </remarks>
internal sealed record FileKey(byte[] Id, byte[] Bytes)
{
    private const int IdLength = 8;

    public static FileKey Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> fileIdentity)
    {
        var id = new byte[IdLength];
        var bytes = new byte[CouplingFileKey.Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, id, fileIdentity, "Dataverse.Sync key id"u8);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, bytes, fileIdentity, "Dataverse.Sync coupling file"u8);
        return new(id, bytes);
    }

    public bool HasId(ReadOnlySpan<byte> id) => id.SequenceEqual(Id);
}
