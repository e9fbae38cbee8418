using System.Security.Cryptography;
using System.Text;

namespace Dataverse.Sync;

/// <summary>
/// Derives ids from names (UUID version 8 over SHA-256), for records that must be created at most once.
/// </summary>
internal static class NamedGuid
{
    public static Guid Create(string name)
    {
        Span<byte> bytes = stackalloc byte[32];
        _ = SHA256.HashData(Encoding.UTF8.GetBytes(name), bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(bytes[..16], bigEndian: true);
    }
}
