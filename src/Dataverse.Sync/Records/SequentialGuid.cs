using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Dataverse.Sync;

/// <summary>
/// Creates unique ids that ascend in the order of SQL Server's indexes, in which the last six bytes come first.
/// </summary>
/// <remarks>Dataverse recommends such ids, because random ones scatter inserts over the whole index.</remarks>
internal static class SequentialGuid
{
    private const int RandomBytes = 8;

    // Random numbers are fetched in blocks: a call costs far more than a byte, and a page needs thousands of ids.
    [ThreadStatic]
    private static byte[]? random;

    [ThreadStatic]
    private static int used;

    private static long last;

    public static Guid Create(TimeProvider timeProvider)
    {
        Span<byte> bytes = stackalloc byte[16];
        TakeRandom(bytes[..RandomBytes]);
        Span<byte> time = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(time, NextTick(timeProvider.GetUtcNow().UtcTicks));
        time[..6].CopyTo(bytes[10..]);
        time[6..].CopyTo(bytes[8..]);
        return new(bytes);
    }

    private static void TakeRandom(Span<byte> bytes)
    {
        if (random is null || used == random.Length)
        {
            random ??= new byte[64 * RandomBytes];
            RandomNumberGenerator.Fill(random);
            used = 0;
        }

        random.AsSpan(used, RandomBytes).CopyTo(bytes);
        used += RandomBytes;
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
