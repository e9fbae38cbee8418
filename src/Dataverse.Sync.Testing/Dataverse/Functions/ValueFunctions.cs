namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The query functions that compare a column with values, and a choice of several with options.</summary>
internal static class ValueFunctions
{
    private static readonly StringSemantics Strings = StringSemantics.Like;

    public static IEnumerable<(string Name, RowFunction Function)> All =>
    [
        ("In", Compare((value, others) => others.Any(other => Is(value, other)))),
        ("NotIn", Compare((value, others) => value is not null && !others.Any(other => Is(value, other)))),
        ("Between", Compare(Within)),
        ("NotBetween", Compare((value, bounds) => value is not null && !Within(value, bounds))),
        ("On", Compare((value, others) => Day(value) is { } day && day == Day(others[0]))),
        ("OnOrAfter", Compare((value, others) => Day(value) >= Day(others[0]))),
        ("OnOrBefore", Compare((value, others) => Day(value) <= Day(others[0]))),
        ("ContainValues", Compare((value, others) => Options(value).Intersect(others).Any())),
        ("DoesNotContainValues", Compare((value, others) => !Options(value).Intersect(others).Any())),
    ];

    private static RowFunction Compare(Func<object?, object?[], bool> test) => (type, arguments) =>
    {
        var property = FunctionBinding.Property(type, arguments);
        var values = FunctionBinding.Values(property, arguments);
        return row => test(row(property.Name), values);
    };

    private static bool Is(object? value, object? other) =>
        value is not null && other is not null && ScalarValues.Compare(value, other, Strings) == 0;

    private static bool Within(object? value, object?[] bounds) =>
        bounds.Length == 2
            ? value is not null && bounds[0] is { } first && bounds[1] is { } last
                && ScalarValues.Compare(value, first, Strings) >= 0 && ScalarValues.Compare(value, last, Strings) <= 0
            : throw new ODataQueryException(ODataQueryFault.Syntax, "The function takes exactly two values.");

    private static IEnumerable<string> Options(object? value) => (value as string ?? "").Split(',');

    private static DateOnly? Day(object? value) => value switch
    {
        DateTimeOffset time => DateOnly.FromDateTime(time.UtcDateTime),
        DateOnly day => day,
        _ => null,
    };
}
