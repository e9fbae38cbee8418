using System.Globalization;

namespace Dataverse.Sync.Http;

/// <summary>Writes values as literals of an OData URL, before percent-encoding.</summary>
internal static class ODataLiteral
{
    /// <summary>The literal of a value that is not blank. References and identifiers are bare GUIDs.</summary>
    /// <exception cref="ArgumentException">The value is blank.</exception>
    public static string Of(FieldValue value) => value.Kind switch
    {
        FieldValueKind.Blank => throw new ArgumentException("A blank has no literal of its own.", nameof(value)),
        FieldValueKind.Text => Text(value.AsText()),
        _ => value.ToString(),
    };

    public static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";

    public static string Identifier(Guid value) => value.ToString("D");

    /// <summary>An instant in UTC, to the millisecond at least, so that an offset's plus sign never occurs.</summary>
    public static string DateTime(DateTimeOffset value) =>
        value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Percent-encodes the value of a query option.</summary>
    public static string Encode(string option) => Uri.EscapeDataString(option);
}
