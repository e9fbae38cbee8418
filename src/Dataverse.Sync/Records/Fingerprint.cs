using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Dataverse.Sync;

/// <summary>
/// Computes 64-bit digests of values, which are equal for equal values on every machine and in every version.
/// </summary>
/// <remarks>
/// The base of a pair consists of fingerprints instead of values, so the coupling store contains no personal data. A
/// fingerprint detects that a value changed; it is not cryptographic. The fingerprint of a blank is zero.
/// </remarks>
public static class Fingerprint
{
    /// <summary>Represents a field that was never synchronized. No value has this fingerprint.</summary>
    public const ulong None = ulong.MaxValue;

    /// <summary>
    /// Represents the value that a new record has by itself and that was not seen yet. No value has this fingerprint.
    /// </summary>
    internal const ulong OwnDefault = ulong.MaxValue - 1;

    /// <summary>
    /// Represents the version of a record that was seen without one, because its system has none. No version has this
    /// fingerprint.
    /// </summary>
    internal const ulong Versionless = ulong.MaxValue;

    /// <summary>
    /// Represents the version of a record that the response to a write contained, and that is to be read again because it
    /// differs from the base. No version has this fingerprint.
    /// </summary>
    internal const ulong ReadAgain = ulong.MaxValue - 1;

    /// <summary>The fingerprint of a blank.</summary>
    internal const ulong OfBlank = 0;

    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;

    /// <summary>Computes the fingerprint of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>
    /// The fingerprint; zero for a blank. A whole number has the fingerprint of the equal decimal number, a duration
    /// that of its minutes, a reference that of its GUID, and a set of options that of its numbers as a text.
    /// </returns>
    public static ulong Of(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Blank => OfBlank,
        FieldValueKind.Text => Of(value.AsText(), (ulong)FieldValueKind.Text),
        FieldValueKind.Boolean => Mix(value.AsBoolean() ? 1UL : 0UL, 0, FieldValueKind.Boolean),
        FieldValueKind.Integer => OfNumber(value.AsInteger()),
        FieldValueKind.Decimal => OfNumber(value.AsDecimal()),
        FieldValueKind.Date => Mix((ulong)value.AsDate().DayNumber, 0, FieldValueKind.Date),
        FieldValueKind.DateTime => Mix((ulong)value.AsDateTime().UtcTicks, 0, FieldValueKind.DateTime),
        FieldValueKind.MultiChoice => Of(value.ToString(), (ulong)FieldValueKind.Text),
        FieldValueKind.Duration => OfNumber((decimal)value.AsDuration().Ticks / TimeSpan.TicksPerMinute),
        FieldValueKind.Time => Mix((ulong)value.AsTime().Ticks, 0, FieldValueKind.Time),
        FieldValueKind.Unreadable => Mix(0, 0, FieldValueKind.Unreadable),
        _ => OfIdentifier(value.AsIdentifier()),
    };

    /// <summary>Whether a fingerprint is that of a value other than a blank.</summary>
    internal static bool IsOfValue(ulong fingerprint) => fingerprint is not 0 and < OwnDefault;

    /// <summary>
    /// Computes the mark of a value whose translation for the other side is still missing. It differs from the
    /// fingerprint of the value, so that the value is translated when it is seen again.
    /// </summary>
    /// <param name="fingerprint">The fingerprint of the value.</param>
    internal static ulong Awaiting(ulong fingerprint) => Finish(Round(Prime3, fingerprint));

    /// <summary>Computes the fingerprint of a version tag.</summary>
    /// <param name="version">The version tag, or null.</param>
    /// <returns>The fingerprint; zero for null.</returns>
    public static ulong OfVersion(string? version) => version is null ? 0 : Of(version, Prime3);

    /// <summary>Computes a digest of an id, which differs for different kinds of records.</summary>
    internal static ulong OfId(Guid id, ulong kind)
    {
        var (first, second) = HalvesOf(id);
        return Finish(Round(Round((kind * Prime1) + Prime3, first), second));
    }

    /// <summary>Computes the fingerprint of the version of a record that was seen, or of its absence.</summary>
    internal static ulong OfSeen(TableRecord record) =>
        record.Version is null ? Versionless : OfVersion(record.Version);

    // A whole number and the equal decimal number are one value to people and in both protocols.
    private static ulong OfNumber(long number) =>
        Mix(number < 0 ? unchecked((ulong)-number) : (ulong)number, number < 0 ? 1UL << 63 : 0, FieldValueKind.Decimal);

    // The division removes trailing zeros; zero loses its sign.
    private static ulong OfNumber(decimal number)
    {
        Span<int> bits = stackalloc int[4];
        var normalized = number == 0 ? 0 : number.Scale == 0 ? number : number / 1.0000000000000000000000000000m;
        _ = decimal.GetBits(normalized, bits);
        var low = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        var high = ((ulong)(uint)bits[3] << 32) | (uint)bits[2];
        return Mix(low, high, FieldValueKind.Decimal);
    }

    private static ulong OfIdentifier(Guid id)
    {
        var (first, second) = HalvesOf(id);
        return Mix(first, second, FieldValueKind.Identifier);
    }

    private static (ulong First, ulong Second) HalvesOf(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes);
        return (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
    }

    private static ulong Of(string text, ulong seed)
    {
        var bytes = MemoryMarshal.AsBytes(text.AsSpan());
        var hash = (seed * Prime2) + (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = Round(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[8..];
        }

        while (bytes.Length >= 2)
        {
            hash = Round(hash, BinaryPrimitives.ReadUInt16LittleEndian(bytes));
            bytes = bytes[2..];
        }

        return Finish(hash);
    }

    private static ulong Mix(ulong first, ulong second, FieldValueKind kind) =>
        Finish(Round(Round((ulong)kind * Prime2, first), second));

    private static ulong Round(ulong hash, ulong input)
    {
        var mixed = BitOperations.RotateLeft(input * Prime2, 31) * Prime1;
        return (BitOperations.RotateLeft(hash ^ mixed, 27) * Prime1) + Prime3;
    }

    private static ulong Finish(ulong hash)
    {
        hash ^= hash >> 33;
        hash *= Prime2;
        hash ^= hash >> 29;
        hash *= Prime3;
        hash ^= hash >> 32;
        return hash is 0 or >= OwnDefault ? 1 : hash;
    }
}
