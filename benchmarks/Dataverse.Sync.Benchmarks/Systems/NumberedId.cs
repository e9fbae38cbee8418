namespace Dataverse.Sync.Benchmarks.Systems;

/// <summary>Ids that tell the number of their record, so that no table needs an index. Scattered over all bits otherwise, as real ids are.</summary>
internal static class NumberedId
{
    private const ulong Odd = 0x9E3779B97F4A7C15;

    public static Guid Of(SyncSide side, int number)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = BitConverter.TryWriteBytes(bytes, (ulong)(number + 1) * Odd);
        _ = BitConverter.TryWriteBytes(bytes[8..], ((ulong)(number + 1) << 8) | (byte)(side + 1));
        return new(bytes);
    }

    public static int NumberOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes);
        return (int)(BitConverter.ToUInt64(bytes[8..]) >> 8) - 1;
    }
}
