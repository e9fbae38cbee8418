using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The query functions that compare a column with values, and a choice of several with options.</summary>
internal static class ValueFunctions
{
    private static readonly StringSemantics Strings = StringSemantics.Like;

    public static IEnumerable<(string Name, RowFunction Function)> All(DataverseSchema schema) =>
    [
        ("In", Compare((value, others) => others.Any(other => Is(value, other)))),
        ("NotIn", Compare((value, others) => value is not null && !others.Any(other => Is(value, other)))),
        ("Between", Bounds(Within)),
        ("NotBetween", Bounds((value, bounds) => value is not null && !Within(value, bounds))),
        ("On", Days((day, other) => day == other)),
        ("OnOrAfter", Days((day, other) => day >= other)),
        ("OnOrBefore", Days((day, other) => day <= other)),
        ("ContainValues", Options(schema, (options, others) => options.Intersect(others).Any())),
        ("DoesNotContainValues", Options(schema, (options, others) => !options.Intersect(others).Any())),
    ];

    private static RowFunction Compare(Func<object?, object?[], bool> test) => (type, arguments) =>
    {
        var property = FunctionBinding.Property(type, arguments);
        var values = FunctionBinding.Values(property, arguments);
        return row => test(row(property.Name), values);
    };

    private static RowFunction Bounds(Func<object?, object?[], bool> test) => (type, arguments) =>
        FunctionBinding.Values(FunctionBinding.Property(type, arguments), arguments).Length == 2
            ? Compare(test)(type, arguments)
            : throw new ODataQueryException(ODataQueryFault.Syntax, "The function takes exactly two values.");

    private static RowFunction Days(Func<DateOnly, DateOnly, bool> test) => (type, arguments) =>
    {
        var property = FunctionBinding.Property(
            type, arguments, EdmPrimitiveTypeKind.DateTimeOffset, EdmPrimitiveTypeKind.Date);
        var other = Day(FunctionBinding.Values(property, arguments)[0]);
        return row => Day(row(property.Name)) is { } day && other is { } bound && test(day, bound);
    };

    private static RowFunction Options(DataverseSchema schema, Func<IEnumerable<string>, object?[], bool> test) =>
        (type, arguments) =>
        {
            var property = FunctionBinding.Property(type, arguments);
            if (!schema[type.Name].TryGetByProperty(property.Name, out var column)
                || column.Type is not DataverseColumnType.MultiChoice)
            {
                throw new ODataQueryException(
                    ODataQueryFault.Syntax, $"The function does not apply to the type of the property '{property.Name}'.");
            }

            var values = FunctionBinding.Values(property, arguments);
            return row => test((row(property.Name) as string ?? "").Split(','), values);
        };

    private static bool Is(object? value, object? other) =>
        value is not null && other is not null && ScalarValues.Compare(value, other, Strings) == 0;

    private static bool Within(object? value, object?[] bounds) =>
        value is not null && bounds is [{ } first, { } last]
        && ScalarValues.Compare(value, first, Strings) >= 0 && ScalarValues.Compare(value, last, Strings) <= 0;

    private static DateOnly? Day(object? value) => value switch
    {
        DateTimeOffset time => DateOnly.FromDateTime(time.UtcDateTime),
        DateOnly day => day,
        _ => null,
    };
}
