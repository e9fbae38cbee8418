using System.Security.Cryptography;
using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Ids that are the same in every emulator, so that clients may cache them between tests.</summary>
internal static class StableGuid
{
    /// <summary>Derives an id from the name of a row or of a metadata object.</summary>
    public static Guid Of(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
