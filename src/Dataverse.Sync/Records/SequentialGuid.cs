using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dataverse.Sync;

/// <summary>Makes ids that are unique and ascend in the order of SQL Server's indexes, in which the last six bytes count most.</summary>
/// <remarks>Dataverse prefers such ids; random ones would scatter its inserts over the whole index.</remarks>
internal static class SequentialGuid
{
    private static long last;

    public static Guid Create(TimeProvider timeProvider)
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes[..8]);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, NextTick(timeProvider.GetUtcNow().UtcTicks));
        time[..6].CopyTo(bytes[10..]);
        time[6..].CopyTo(bytes[8..]);
        return new(bytes);
    }

    // Strictly ascending within the process, also within one tick of the clock.
    private static long NextTick(long now)
    {
        while (true)
        {
            var seen = Volatile.Read(ref last);
            var next = Math.Max(seen + 1, now);
            if (Interlocked.CompareExchange(ref last, next, seen) == seen)
            {
                return next;
            }
        }
    }
}
