using System.Globalization;

namespace Dataverse.Sync.Testing;

/// <summary>
/// Numbers that count up in their trailing digits, as Business Central's number series: C00010, C00011, …
/// </summary>
internal sealed class NumberSeries
{
    private readonly string prefix;
    private readonly int digits;
    private long next;

    public NumberSeries(string first)
    {
        digits = first.Length - first.AsSpan().TrimEnd("0123456789").Length;
        if (digits == 0 || !long.TryParse(first.AsSpan(first.Length - digits), CultureInfo.InvariantCulture, out next))
        {
            throw new ArgumentException(
                "The first number of a series ends in digits, at most 18 of them.", nameof(first));
        }

        prefix = first[..^digits];
    }

    public string Next() => prefix + (next++).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
}
