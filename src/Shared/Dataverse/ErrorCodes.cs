using System.Globalization;

namespace Dataverse.Sync.Shared;

/// <summary>The error codes of Dataverse that decide something.</summary>
/// <remarks>Codes are compared as numbers: their letter case varies, and logs show them as signed decimals.</remarks>
internal static class ErrorCodes
{
    public const uint ObjectDoesNotExist = 0x80040217;
    public const uint DuplicateRecord = 0x80040237;
    public const uint DuplicateAlternateKey = 0x80060892;
    public const uint DuplicateCurrencyCode = 0x80048CF3;
    public const uint VersionMismatch = 0x80060882;
    public const uint RowIsInactive = 0x80040230;
    public const uint UnknownSegment = 0x8006088A;
    public const uint ExpiredVersionStamp = 0x80044352;

    // Throttling (three limits), deadlocks, database timeouts, an expired token.
    private static readonly HashSet<uint> Transient =
    [
        0x80072321, 0x80072322, 0x80072326, 0x80072323, 0x80072324, 0x8005F103, 0x80044150, 0x80044151, 0x80040255, 0x8005F101,
    ];

    /// <summary>The number of a code, or null when the text is not a code.</summary>
    public static uint? Parse(string? code)
    {
        if (code?.StartsWith("0x", StringComparison.OrdinalIgnoreCase) == true)
        {
            const NumberStyles Hexadecimal = NumberStyles.AllowHexSpecifier;
            return uint.TryParse(code.AsSpan(2), Hexadecimal, CultureInfo.InvariantCulture, out var unsigned)
                ? unsigned
                : null;
        }

        const NumberStyles Decimal = NumberStyles.AllowLeadingSign;
        return int.TryParse(code, Decimal, CultureInfo.InvariantCulture, out var signed)
            ? unchecked((uint)signed)
            : null;
    }

    /// <summary>
    /// Whether a later attempt may succeed: the code is about throttling, a deadlock, a database timeout, or an expired
    /// token.
    /// </summary>
    public static bool IsTransient(uint? code) => code is { } number && Transient.Contains(number);
}
