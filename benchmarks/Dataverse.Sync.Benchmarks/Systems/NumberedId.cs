using System.Buffers.Binary;

namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Ids that tell the number of their record, so that no table needs an index.</summary>
/// <remarks>
/// They lie as the services' own ids do, which matters to every index: those of the local side are scattered, those of the integration side
/// ascend in the order of SQL Server.
/// </remarks>
internal static class NumberedId
{
    private const ulong Scatter = 0x9E3779B97F4A7C15;
    private const ulong OtherScatter = 0xC2B2AE3D27D4EB4F; // halves that repeat each other would cancel out in the hash code of every id
    private const ulong Gather = 0xF1DE83E19937733D; // the inverse of the factor above, modulo 2^64

    public static Guid Of(SyncSide side, int number)
    {
        var scattered = unchecked((ulong)(number + 1) * Scatter);
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, scattered);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], side == SyncSide.Local ? unchecked((ulong)(number + 1) * OtherScatter) : (ulong)(number + 1));
        return new(bytes);
    }

    public static int NumberOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes);
        return (int)unchecked(BinaryPrimitives.ReadUInt64BigEndian(bytes) * Gather) - 1;
    }
}
