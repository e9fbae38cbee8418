using System.Buffers.Binary;

namespace Dataverse.Sync.Shared;

/// <summary>
/// Reads what <see cref="BlobWriter"/> wrote. Throws <see cref="FormatException"/> for anything else.
/// </summary>
internal ref struct BlobReader(ReadOnlySpan<byte> blob)
{
    private ReadOnlySpan<byte> rest = blob;

    public byte Byte() => Take(1)[0];

    /// <summary>The number of parts that follow, each of which has at least one byte.</summary>
    public int Count()
    {
        var value = 0L;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Byte();
            value |= (long)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value <= rest.Length ? (int)value : throw Malformed();
            }
        }

        throw Malformed();
    }

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public decimal Decimal()
    {
        var bytes = Take(sizeof(decimal));
        Span<int> parts = stackalloc int[4];
        for (var part = 0; part < parts.Length; part++)
        {
            parts[part] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(part * sizeof(int))..]);
        }

        const int SignAndScale = unchecked((int)0x80FF0000);
        var scale = (parts[3] >> 16) & 0xFF;
        return (parts[3] & ~SignAndScale) == 0 && scale <= 28 ? new(parts) : throw Malformed();
    }

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    public ReadOnlySpan<byte> Bytes(int length) => length >= 0 ? Take(length) : throw Malformed();

    /// <summary>Everything that was not read yet.</summary>
    public ReadOnlySpan<byte> Rest() => Take(rest.Length);

    public Guid Guid() => new(Take(16));

    public string Text()
    {
        var length = Count();
        var bytes = Take(length * sizeof(char));
        return string.Create(length, bytes, static (characters, source) =>
        {
            for (var index = 0; index < characters.Length; index++)
            {
                characters[index] = (char)BinaryPrimitives.ReadUInt16LittleEndian(source[(index * sizeof(char))..]);
            }
        });
    }

    public readonly void RequireEnd()
    {
        if (!rest.IsEmpty)
        {
            throw Malformed();
        }
    }

    public static FormatException Malformed() => new("A stored blob is malformed.");

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > rest.Length)
        {
            throw Malformed();
        }

        var part = rest[..length];
        rest = rest[length..];
        return part;
    }
}
