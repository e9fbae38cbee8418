using System.Globalization;

namespace Dataverse.Sync.Testing;

/// <summary>The number series of a table, for records that a client sends without a number.</summary>
/// <param name="Prefix">The text before the digits.</param>
/// <param name="Digits">The number of digits, padded with zeros.</param>
/// <param name="First">The first number.</param>
public sealed record BusinessCentralNumberSeries(string Prefix, int Digits, int First)
{
    /// <summary>The increment between numbers. Default 10, as for the customers of the demonstration company.</summary>
    public int Increment { get; init; } = 10;

    /// <summary>
    /// Whether clients may choose numbers. If not, a number is refused with <c>Application_DialogException</c>. Default
    /// <see langword="true"/>.
    /// </summary>
    public bool AllowsManualNumbers { get; init; } = true;

    internal string Number(int position) =>
        Prefix + (First + ((long)position * Increment)).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
}
