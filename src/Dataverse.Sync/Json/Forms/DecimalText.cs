using System.Globalization;

namespace Dataverse.Sync.Json;

internal static class DecimalText
{
    private const int MostDigits = 28;

    /// <summary>Reads a decimal number, unless it has more digits than one can keep.</summary>
    public static bool TryRead(string text, out decimal value)
    {
        var mantissa = text.AsSpan();
        var exponent = mantissa.IndexOfAny('e', 'E');
        mantissa = exponent < 0 ? mantissa : mantissa[..exponent];
        value = 0;
        return DigitsOf(mantissa) <= MostDigits
            && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value)
            && (value != 0 || mantissa.IndexOfAnyInRange('1', '9') < 0);
    }

    private static int DigitsOf(ReadOnlySpan<char> mantissa)
    {
        var digits = mantissa.TrimStart("-+0.").Length;
        return mantissa.Contains('.') ? mantissa.TrimEnd('0').TrimStart("-+0.").Length : digits;
    }
}
