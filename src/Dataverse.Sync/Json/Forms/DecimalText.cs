using System.Globalization;

namespace Dataverse.Sync.Documents;

internal static class DecimalText
{
    /// <summary>Reads a decimal number, unless it has more digits than a decimal number keeps.</summary>
    public static bool TryRead(string text, out decimal value) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        && DigitsOf(text) == DigitsOf(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>The digits that count, without sign, point, exponent, and the zeros around them.</summary>
    private static string DigitsOf(string text)
    {
        var exponent = text.AsSpan().IndexOfAny('e', 'E');
        var mantissa = exponent < 0 ? text : text[..exponent];
        return string.Concat(mantissa.Where(char.IsAsciiDigit)).Trim('0');
    }
}
