using System.Globalization;
using Microsoft.OData;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Comparison of primitive values of the kinds that <see cref="IRowAccessor{TRow}"/> lists.</summary>
internal static class ScalarValues
{
    /// <summary>Order of two values, null first. Numbers of different types compare by value.</summary>
    public static int Compare(object? left, object? right, StringSemantics strings) => (left, right) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (string a, string b) => strings.Compare(a, b),
        (DateOnly a, DateTimeOffset b) => Midnight(a).CompareTo(b),
        (DateTimeOffset a, DateOnly b) => a.CompareTo(Midnight(b)),
        (double or float, _) or (_, double or float) when IsNumber(left) && IsNumber(right) =>
            ToDouble(left).CompareTo(ToDouble(right)),
        _ when IsNumber(left) && IsNumber(right) => ToDecimal(left).CompareTo(ToDecimal(right)),
        (IComparable a, _) when left.GetType() == right.GetType() => a.CompareTo(right),
        _ => throw new ODataQueryException(
            ODataQueryFault.Syntax, $"A {left.GetType().Name} cannot be compared with a {right.GetType().Name}."),
    };

    public static bool IsNumber(object value) =>
        value is int or long or decimal or double or float or short or byte or sbyte;

    /// <summary>The parser's own value types in the terms of <see cref="IRowAccessor{TRow}"/>.</summary>
    public static object? FromLiteral(object? literal) => literal switch
    {
#pragma warning disable CS0618 // the parser of this version still produces its own Date, which the next one will replace
        Date date => new DateOnly(date.Year, date.Month, date.Day),
        TimeOfDay time => new TimeOnly(time.Ticks),
#pragma warning restore CS0618
        ODataCollectionValue collection => collection.Items.Select(FromLiteral).ToArray(),
        _ => literal,
    };

    private static DateTimeOffset Midnight(DateOnly date) => new(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    // Through text, so that the literal 0.1 (parsed as a Single) equals the double 0.1.
    private static double ToDouble(object value) => value is float single
        ? double.Parse(single.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static decimal ToDecimal(object value) => Convert.ToDecimal(value, CultureInfo.InvariantCulture);
}
