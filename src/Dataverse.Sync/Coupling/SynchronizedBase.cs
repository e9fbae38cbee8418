using System.Buffers.Binary;
using System.Numerics;

namespace Dataverse.Sync;

/// <summary>What was last synchronized of a pair: one <see cref="Fingerprint"/> per field mapping and side.</summary>
/// <remarks>
/// Immutable. The base is the third input of the merge. Because each side is compared with its own fingerprint,
/// truncation, letter case, and lossy conversions do not look like edits.
/// </remarks>
public sealed class SynchronizedBase : IEquatable<SynchronizedBase>
{
    private const byte FormatVersion = 1;
    private const int LongestOnStack = 1024;

    private readonly ulong[] local;
    private readonly ulong[] integration;

    /// <summary>Initializes a new instance of the <see cref="SynchronizedBase"/> class.</summary>
    /// <param name="shape">The field mappings to which the fingerprints belong.</param>
    /// <param name="local">One fingerprint per field mapping for the local side.</param>
    /// <param name="integration">One fingerprint per field mapping for the integration side.</param>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="ArgumentException">
    /// The number of fingerprints of a side differs from the number of field mappings.
    /// </exception>
    public SynchronizedBase(BaseShape shape, ReadOnlySpan<ulong> local, ReadOnlySpan<ulong> integration)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (local.Length != shape.FieldMappings.Count || integration.Length != local.Length)
        {
            throw new ArgumentException("A base requires one fingerprint per field mapping and side.", nameof(local));
        }

        Shape = shape;
        this.local = local.ToArray();
        this.integration = local.SequenceEqual(integration) ? this.local : integration.ToArray();
    }

    private SynchronizedBase(BaseShape shape, ulong[] local, ulong[] integration)
    {
        Shape = shape;
        this.local = local;
        this.integration = local.AsSpan().SequenceEqual(integration) ? local : integration;
    }

    /// <summary>The field mappings to which the fingerprints belong.</summary>
    public BaseShape Shape { get; }

    /// <summary>The fingerprints of the local side.</summary>
    public ReadOnlySpan<ulong> Local => local;

    /// <summary>The fingerprints of the integration side.</summary>
    public ReadOnlySpan<ulong> Integration => integration;

    /// <summary>The number of bytes that <see cref="Pack()"/> needs at most.</summary>
    public int MaximumPackedLength => 1 + FlagBytes + (local.Length * 16);

    private int FlagBytes => FlagBytesOf(local.Length);

    /// <summary>Gets the fingerprints of one side.</summary>
    /// <param name="side">The side.</param>
    /// <returns>The fingerprints.</returns>
    public ReadOnlySpan<ulong> Of(SyncSide side) => side == SyncSide.Local ? local : integration;

    /// <summary>Packs the fingerprints for storage. The shape must be stored separately.</summary>
    /// <remarks>
    /// The format is one byte for its version, then two bits per field (the local field is blank; both fingerprints are
    /// equal), then eight bytes for each fingerprint that the bits do not imply. A customer with every field filled
    /// takes 100 to 200 bytes.
    /// </remarks>
    /// <returns>The packed fingerprints.</returns>
    public byte[] Pack()
    {
        var buffer = MaximumPackedLength <= LongestOnStack ? stackalloc byte[LongestOnStack] : new byte[MaximumPackedLength];
        return buffer[..Pack(buffer)].ToArray();
    }

    /// <summary>Packs the fingerprints into a buffer; see <see cref="Pack()"/>.</summary>
    /// <param name="destination">The buffer, with room for <see cref="MaximumPackedLength"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    /// <exception cref="ArgumentException">The buffer is too small.</exception>
    public int Pack(Span<byte> destination)
    {
        if (destination.Length < MaximumPackedLength)
        {
            throw new ArgumentException("The buffer is too small for the base.", nameof(destination));
        }

        destination[0] = FormatVersion;
        var flags = destination.Slice(1, FlagBytes);
        flags.Clear();
        var end = 1 + FlagBytes;
        for (var field = 0; field < local.Length; field++)
        {
            end = Append(destination, end, flags, field * 2, local[field], isImplied: local[field] == 0);
            end = Append(
                destination, end, flags, (field * 2) + 1, integration[field], integration[field] == local[field]);
        }

        return end;
    }

    /// <summary>Creates a base from the result of <see cref="Pack()"/>.</summary>
    /// <param name="shape">The field mappings to which the fingerprints belong.</param>
    /// <param name="packed">The packed fingerprints.</param>
    /// <returns>The base.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="shape"/> is null.</exception>
    /// <exception cref="FormatException">The bytes have an unknown format or do not match the shape.</exception>
    public static SynchronizedBase Unpack(BaseShape shape, ReadOnlySpan<byte> packed)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var count = shape.FieldMappings.Count;
        var flagBytes = FlagBytesOf(count);
        if (packed.Length < 1 + flagBytes || packed[0] != FormatVersion)
        {
            throw new FormatException("The stored base has an unknown format.");
        }

        var flags = packed.Slice(1, flagBytes);
        var rest = packed[(1 + flagBytes)..];
        if (HasUnusedBits(flags, count * 2) || rest.Length != 8 * ((count * 2) - CountBits(flags)))
        {
            throw new FormatException("The stored base does not match its field mappings.");
        }

        var local = new ulong[count];
        var integration = new ulong[count];
        for (var field = 0; field < count; field++)
        {
            local[field] = IsSet(flags, field * 2) ? 0 : Take(ref rest);
            integration[field] = IsSet(flags, (field * 2) + 1) ? local[field] : Take(ref rest);
        }

        return Over(shape, local, integration);
    }

    /// <summary>Creates a base from arrays without copying them. They must not be changed afterward.</summary>
    internal static SynchronizedBase Over(BaseShape shape, ulong[] local, ulong[] integration) =>
        new(shape, local, integration);

    /// <inheritdoc/>
    public bool Equals(SynchronizedBase? other) => other is not null && Shape.Equals(other.Shape)
        && local.AsSpan().SequenceEqual(other.local) && integration.AsSpan().SequenceEqual(other.integration);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SynchronizedBase);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Shape, local.Length == 0 ? 0 : local[0], integration.Length == 0 ? 0 : integration[^1]);

    private static int FlagBytesOf(int fields) => ((fields * 2) + 7) / 8;

    private static int Append(
        Span<byte> buffer, int end, Span<byte> flags, int bit, ulong fingerprint, bool isImplied)
    {
        if (isImplied)
        {
            flags[bit / 8] |= (byte)(1 << (bit % 8));
            return end;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(buffer[end..], fingerprint);
        return end + 8;
    }

    private static bool IsSet(ReadOnlySpan<byte> flags, int bit) => (flags[bit / 8] & (1 << (bit % 8))) != 0;

    private static bool HasUnusedBits(ReadOnlySpan<byte> flags, int used) =>
        used % 8 != 0 && flags[^1] >> (used % 8) != 0;

    private static int CountBits(ReadOnlySpan<byte> flags)
    {
        var count = 0;
        foreach (var part in flags)
        {
            count += BitOperations.PopCount(part);
        }

        return count;
    }

    private static ulong Take(ref ReadOnlySpan<byte> rest)
    {
        var fingerprint = BinaryPrimitives.ReadUInt64LittleEndian(rest);
        rest = rest[8..];
        return fingerprint;
    }
}
