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
    public const uint UnknownTable = 0x80041102;
    public const uint UnknownColumn = 0x80041103;

    private const uint Unexpected = 0x80040216;
    private const uint UnexpectedInPlugin = 0x80040224;
    private const uint AccessTokenExpired = 0x8005F101;

    // A user who is disabled or in no business unit, who is no member of the organization, or who has no licence.
    private static readonly HashSet<uint> AboutUsers = [0x80040225, 0x80072560, 0x8004D24B];

    // Throttling (three limits), a busy back end, an expired token.
    private static readonly HashSet<uint> NotBegun =
    [
        0x80072321, 0x80072322, 0x80072326, 0x80072323, 0x80072324, 0x8005F103, AccessTokenExpired,
    ];

    // A missing privilege, access to one row, a caller who may not sign in.
    private static readonly HashSet<uint> AccessDenied = [0x80040220, 0x80048306, 0x80048405, 0x80040204, .. AboutUsers];

    // A generic SQL error (mostly a deadlock), an SQL timeout, an aborted transaction.
    private static readonly HashSet<uint> DatabaseFaults = [0x80044150, 0x80044151, 0x80040255];

    // An unknown option (in a write, in a restore), an unknown column in a query or a body, an unknown table, change
    // tracking that is off, a column that was secured (create, read, update), a text that has become too long.
    private static readonly HashSet<uint> Contradictions =
    [
        UnknownTable, UnknownColumn,
        0x8004431A, 0x80049949, 0x80060888, 0x80048D19, UnknownSegment, 0x80072491, 0x8004F502, 0x8004F504, 0x8004F507, 0x80044331,
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

    /// <summary>Whether the service did not begin, because of throttling or an expired token; it may do so later.</summary>
    public static bool IsNotBegun(uint? code) => code is { } number && NotBegun.Contains(number);

    /// <summary>Whether the caller's token has expired.</summary>
    public static bool IsTokenExpired(uint? code) => code == AccessTokenExpired;

    /// <summary>Whether the caller lacks a right, to a table or to a row.</summary>
    public static bool IsAccessDenied(uint? code) => code is { } number && AccessDenied.Contains(number);

    /// <summary>Whether a row or a table does not exist.</summary>
    public static bool IsMissing(uint? code) => code is ObjectDoesNotExist or UnknownTable;

    /// <summary>Whether the service says of a user that the user cannot work, and so cannot own a record.</summary>
    public static bool IsAboutOwner(uint? code) => code is { } number && AboutUsers.Contains(number);

    /// <summary>
    /// Whether the database failed in a way that passes, such as a deadlock. Whether the work was done is not certain.
    /// </summary>
    public static bool IsDatabaseFault(uint? code) => code is { } number && DatabaseFaults.Contains(number);

    /// <summary>
    /// Whether the service or its database failed. Whether the work of a whole request was done is not certain; of a
    /// single write, an unexpected error is a refusal, which may have a cause in its values.
    /// </summary>
    public static bool IsServiceFault(uint? code) => IsDatabaseFault(code) || code is Unexpected or UnexpectedInPlugin;

    /// <summary>Whether a later attempt may succeed.</summary>
    public static bool IsTransient(uint? code) => IsNotBegun(code) || IsDatabaseFault(code);

    /// <summary>Whether the definition of the table may have changed since it was read.</summary>
    public static bool ContradictsSchema(uint? code) => code is { } number && Contradictions.Contains(number);
}
