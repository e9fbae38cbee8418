using System.Buffers.Binary;
using System.Text;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Sqlite;

/// <summary>
/// Stores the intents of a row of the journal as one blob: for each its length, its numbers and ids, the base after the
/// write, and the business key.
/// </summary>
internal static class JournalCodec
{
    private const byte FormatVersion = 1;
    private const int LengthBytes = sizeof(int);

    // The target, the kind, the flags, two ids, two instants, and the number of the shape.
    private const int HeadLength = 3 + (2 * IdBytes.Length) + (3 * sizeof(long)) + LengthBytes;

    [Flags]
    private enum Parts : byte
    {
        None = 0,
        SendBefore = 1,
        Outcome = 2,
        BusinessKey = 4,
    }

    /// <summary>Begins a blob.</summary>
    public static JournalBuffer Begin(int capacity)
    {
        var buffer = new JournalBuffer(capacity);
        buffer.Write([FormatVersion]);
        return buffer;
    }

    /// <summary>Adds an intent to a blob.</summary>
    /// <param name="buffer">The blob.</param>
    /// <param name="intent">The intent.</param>
    /// <param name="shape">The id of the shape of its outcome, or null if it has none.</param>
    public static void Append(JournalBuffer buffer, Intent intent, long? shape)
    {
        var key = intent.BusinessKey ?? "";
        var space = LengthBytes + HeadLength + (intent.Outcome?.MaximumPackedLength ?? 0) + Encoding.UTF8.GetMaxByteCount(key.Length);
        var part = buffer.Reserve(space);
        var end = LengthBytes + WriteHead(part[LengthBytes..], intent, shape);
        var outcomeLength = intent.Outcome?.Pack(part[end..]) ?? 0;
        BinaryPrimitives.WriteInt32LittleEndian(part[(end - LengthBytes)..], outcomeLength);
        end += outcomeLength;
        end += Encoding.UTF8.GetBytes(key, part[end..]);
        BinaryPrimitives.WriteInt32LittleEndian(part, end - LengthBytes);
        buffer.Advance(end);
    }

    /// <summary>Splits a blob into its intents, which can be copied to another blob without being read.</summary>
    /// <exception cref="FormatException">The blob is malformed.</exception>
    public static List<Range> Split(ReadOnlySpan<byte> blob)
    {
        if (blob.IsEmpty || blob[0] != FormatVersion)
        {
            throw BlobReader.Malformed();
        }

        var parts = new List<Range>();
        for (var start = 1; start < blob.Length;)
        {
            var length = blob.Length - start >= LengthBytes ? BinaryPrimitives.ReadInt32LittleEndian(blob[start..]) : -1;
            if (length < HeadLength || length > blob.Length - start - LengthBytes)
            {
                throw BlobReader.Malformed();
            }

            parts.Add(start..(start + LengthBytes + length));
            start += LengthBytes + length;
        }

        return parts;
    }

    /// <summary>Reads an intent.</summary>
    /// <param name="part">One part of <see cref="Split"/>.</param>
    /// <param name="id">The id of the intent.</param>
    /// <param name="readOutcome">Reads the base after the write, from the id of its shape and its packed form.</param>
    /// <exception cref="FormatException">The part is malformed.</exception>
    public static Intent Read(ReadOnlySpan<byte> part, Guid id, OutcomeReader readOutcome)
    {
        var reader = new BlobReader(part[LengthBytes..]);
        var (target, kind, parts) = (reader.Byte(), reader.Byte(), (Parts)reader.Byte());
        var (targetId, sourceId) = (reader.Guid(), reader.Guid());
        var (journaledOn, sendBefore, shape) = (InstantOf(reader.Int64()), InstantOf(reader.Int64()), reader.Int64());
        var outcome = reader.Bytes(reader.Int32());
        var key = reader.Rest();
        return new()
        {
            Id = id,
            Target = target <= (byte)SyncSide.Integration ? (SyncSide)target : throw BlobReader.Malformed(),
            Kind = kind <= (byte)WriteKind.Delete ? (WriteKind)kind : throw BlobReader.Malformed(),
            TargetId = targetId,
            SourceId = sourceId,
            JournaledOn = journaledOn,
            SendBefore = parts.HasFlag(Parts.SendBefore) ? sendBefore : null,
            Outcome = parts.HasFlag(Parts.Outcome) ? readOutcome(shape, outcome) : null,
            BusinessKey = parts.HasFlag(Parts.BusinessKey) ? Encoding.UTF8.GetString(key) : null,
        };
    }

    private static int WriteHead(Span<byte> head, Intent intent, long? shape)
    {
        head[0] = (byte)intent.Target;
        head[1] = (byte)intent.Kind;
        head[2] = (byte)((intent.SendBefore is null ? Parts.None : Parts.SendBefore)
            | (intent.Outcome is null ? Parts.None : Parts.Outcome)
            | (intent.BusinessKey is null ? Parts.None : Parts.BusinessKey));
        _ = intent.TargetId.TryWriteBytes(head[3..]);
        _ = intent.SourceId.TryWriteBytes(head[(3 + IdBytes.Length)..]);
        var numbers = head[(3 + (2 * IdBytes.Length))..];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, intent.JournaledOn.UtcTicks);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[sizeof(long)..], intent.SendBefore?.UtcTicks ?? 0);
        BinaryPrimitives.WriteInt64LittleEndian(numbers[(2 * sizeof(long))..], shape ?? 0);
        return HeadLength;
    }

    private static DateTimeOffset InstantOf(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
        ? new(ticks, TimeSpan.Zero)
        : throw BlobReader.Malformed();

    /// <summary>Reads a base from the id of its shape and its packed form.</summary>
    public delegate SynchronizedBase OutcomeReader(long shape, ReadOnlySpan<byte> packed);
}
