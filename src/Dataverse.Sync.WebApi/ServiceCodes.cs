using System.Globalization;

namespace Dataverse.Sync.WebApi;

/// <summary>The service's error codes that the connector acts on, compared as numbers: their letter case varies, and logs show them as signed decimals.</summary>
internal static class ServiceCodes
{
    public const uint ObjectDoesNotExist = 0x80040217;
    public const uint DuplicateRecord = 0x80040237;
    public const uint DuplicateAlternateKey = 0x80060892;
    public const uint DuplicateCurrencyCode = 0x80048CF3;
    public const uint VersionMismatch = 0x80060882;
    public const uint RowIsInactive = 0x80040230;
    public const uint UnknownSegment = 0x8006088A;
    public const uint ExpiredVersionStamp = 0x80044352;

    /// <summary>The number of a code, or null when it is none.</summary>
    public static uint? Parse(string? code)
    {
        if (code?.StartsWith("0x", StringComparison.OrdinalIgnoreCase) == true)
        {
            return uint.TryParse(code.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hexadecimal) ? hexadecimal : null;
        }

        return int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var signed) ? unchecked((uint)signed) : null;
    }

    /// <summary>Whether a failure of one record heals by itself: throttling, deadlocks, timeouts of the database, an expired token.</summary>
    public static bool IsTransient(uint? code) => code is 0x80072321 or 0x80072322 or 0x80072326 or 0x80072323 or 0x80072324
        or 0x8005F103 or 0x80044150 or 0x80044151 or 0x80040255 or 0x8005F101;
}
