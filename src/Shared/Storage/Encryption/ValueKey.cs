using System.Security.Cryptography;

namespace Dataverse.Sync.Shared;

/// <summary>A key for the values of one store, and the id by which the store recognizes it.</summary>
/// <remarks>
/// Derived from the key that was given and the identity of the store, so that two stores under one key share neither
/// ciphertexts nor nonces. The id tells nothing about the key.
/// </remarks>
internal sealed record ValueKey(byte[] Id, byte[] Bytes)
{
    /// <summary>The length of a key in bytes.</summary>
    public const int Length = 32;

    private const int IdLength = 8;

    public static ValueKey Derive(ReadOnlySpan<byte> key, ReadOnlySpan<byte> storeIdentity)
    {
        var id = new byte[IdLength];
        var bytes = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, id, storeIdentity, "Dataverse.Sync key id"u8);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, key, bytes, storeIdentity, "Dataverse.Sync coupling file"u8);
        return new(id, bytes);
    }

    public bool HasId(ReadOnlySpan<byte> id) => id.SequenceEqual(Id);
}
