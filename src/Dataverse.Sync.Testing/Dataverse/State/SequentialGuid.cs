namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Keys as the platform makes them: growing in the order of SQL Server, whose most significant part is the last six
/// bytes.
/// </summary>
internal static class SequentialGuid
{
    public static Guid Next(DateTimeOffset now, long sequence)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.NewGuid().TryWriteBytes(bytes);
        var order = unchecked((ulong)((now.ToUnixTimeSeconds() << 14) + sequence) << 16);
        for (var i = 0; i < 6; i++)
        {
            bytes[10 + i] = (byte)(order >> (56 - (8 * i)));
        }

        return new Guid(bytes);
    }
}
