using System.Globalization;

namespace Dataverse.Sync.Testing;

/// <summary>How a table gets its numbers when a client sends none.</summary>
/// <param name="Prefix">Text before the digits.</param>
/// <param name="Digits">Width of the digits, filled with zeros.</param>
/// <param name="First">The first number given out.</param>
public sealed record BusinessCentralNumberSeries(string Prefix, int Digits, int First)
{
    /// <summary>Distance between two numbers. Default 10, as in the demonstration company's customers.</summary>
    public int Increment { get; init; } = 10;

    /// <summary>
    /// Whether clients may choose numbers. If not, a sent number is <c>Application_DialogException</c>. Default true.
    /// </summary>
    public bool AllowsManualNumbers { get; init; } = true;

    internal string Number(int position) =>
        Prefix + (First + ((long)position * Increment)).ToString(CultureInfo.InvariantCulture).PadLeft(Digits, '0');
}
