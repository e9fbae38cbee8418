using System.Globalization;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The OData functions on text, dates and numbers that the emulated servers know between them.</summary>
internal static class ScalarFunctions
{
    public static IReadOnlyDictionary<string, ScalarFunction> All { get; } = new Dictionary<string, ScalarFunction>(
        StringComparer.Ordinal)
    {
        ["contains"] = Search((strings, text, search) => strings.Contains(text, search)),
        ["startswith"] = Search((strings, text, search) => strings.StartsWith(text, search)),
        ["endswith"] = Search((strings, text, search) => strings.EndsWith(text, search)),
        ["tolower"] = Text(text => text.ToLowerInvariant()),
        ["toupper"] = Text(text => text.ToUpperInvariant()),
        ["trim"] = Text(text => text.Trim()),
        ["length"] = Text(text => text.Length),
        ["concat"] = (_, arguments) => string.Concat(arguments),
        ["indexof"] = (strings, arguments) => arguments is [string text, string search]
            ? text.IndexOf(
                search,
                ReferenceEquals(strings, StringSemantics.Ordinal)
                    ? StringComparison.Ordinal
                    : StringComparison.OrdinalIgnoreCase)
            : null,
        ["substring"] = (_, arguments) => Substring(arguments),
        ["year"] = Date(date => date.Year),
        ["month"] = Date(date => date.Month),
        ["day"] = Date(date => date.Day),
        ["hour"] = Date(date => date.Hour),
        ["minute"] = Date(date => date.Minute),
        ["second"] = Date(date => date.Second),
        ["date"] = Date(date => DateOnly.FromDateTime(date.UtcDateTime)),
        ["round"] = Number(number => Math.Round(number, MidpointRounding.AwayFromZero)),
        ["floor"] = Number(Math.Floor),
        ["ceiling"] = Number(Math.Ceiling),
    };

    /// <summary>A dictionary of the named functions only.</summary>
    public static IReadOnlyDictionary<string, ScalarFunction> Only(params string[] names) =>
        names.ToDictionary(name => name, name => All[name], StringComparer.Ordinal);

    private static ScalarFunction Search(Func<StringSemantics, string, string, bool> test) =>
        (strings, arguments) => arguments is [string text, string search] ? test(strings, text, search) : null;

    private static ScalarFunction Text(Func<string, object> function) =>
        (_, arguments) => arguments is [string text] ? function(text) : null;

    private static ScalarFunction Date(Func<DateTimeOffset, object> function) => (_, arguments) => arguments switch
    {
        [DateTimeOffset date] => function(date.ToUniversalTime()),
        [DateOnly date] => function(new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero)),
        _ => null,
    };

    private static ScalarFunction Number(Func<decimal, decimal> function) => (_, arguments) =>
        arguments is [{ } number] && ScalarValues.IsNumber(number)
            ? function(Convert.ToDecimal(number, CultureInfo.InvariantCulture))
            : null;

    private static string? Substring(object?[] arguments)
    {
        if (arguments is not [string text, { } from, ..])
        {
            return null;
        }

        var start = Math.Clamp(Convert.ToInt32(from, CultureInfo.InvariantCulture), 0, text.Length);
        var length = arguments is [_, _, { } count]
            ? Convert.ToInt32(count, CultureInfo.InvariantCulture)
            : text.Length;
        return text.Substring(start, Math.Clamp(length, 0, text.Length - start));
    }
}
