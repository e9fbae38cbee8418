using System.Security.Cryptography;

namespace Dataverse.Sync.Shared;

/// <summary>Encrypts values with AES-256-GCM. Not safe for concurrent calls.</summary>
/// <remarks>
/// A stored value is a mark, a random nonce of 12 bytes, the tag of 16 bytes, and the ciphertext. A base or a list of
/// fields begins with another byte than the mark, so that a value is never taken for the other kind.
/// </remarks>
internal sealed class ValueCipher(ValueKey key) : IDisposable
{
    private const byte Mark = 0xE1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    private readonly AesGcm aes = new(key.Bytes, TagLength);

    public ValueKey Key => key;

    public byte[] Encrypt(ReadOnlySpan<byte> value, ValueSlot slot)
    {
        var stored = new byte[Overhead + value.Length];
        stored[0] = Mark;
        var nonce = stored.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        Span<byte> place = stackalloc byte[ValueSlot.Length];
        slot.Write(place);
        aes.Encrypt(nonce, value, stored.AsSpan(Overhead), stored.AsSpan(1 + NonceLength, TagLength), place);
        return stored;
    }

    /// <exception cref="FormatException">
    /// The value is not encrypted with this key, was changed, or belongs to another place.
    /// </exception>
    public byte[] Decrypt(ReadOnlySpan<byte> stored, ValueSlot slot)
    {
        if (stored.Length < Overhead || stored[0] != Mark)
        {
            throw new FormatException("A value is not encrypted as the others are.");
        }

        var value = new byte[stored.Length - Overhead];
        Span<byte> place = stackalloc byte[ValueSlot.Length];
        slot.Write(place);
        try
        {
            aes.Decrypt(
                stored.Slice(1, NonceLength),
                stored[Overhead..],
                stored.Slice(1 + NonceLength, TagLength),
                value,
                place);
            return value;
        }
        catch (AuthenticationTagMismatchException error)
        {
            throw new FormatException("An encrypted value was changed.", error);
        }
    }

    public void Dispose() => aes.Dispose();
}
