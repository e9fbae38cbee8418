using System.Globalization;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The query functions in the namespace <c>Microsoft.Dynamics.CRM</c> that filters may call.</summary>
internal static class QueryFunctions
{
    private const string Property = "PropertyName";
    private const string Value = "PropertyValue";
    private const string Values = "PropertyValues";

    private static readonly RowFunctionParameter Name = new(Property, EdmPrimitiveTypeKind.String);
    private static readonly RowFunctionParameter One = new(Value, EdmPrimitiveTypeKind.String);
    private static readonly RowFunctionParameter Many = new(Values, EdmPrimitiveTypeKind.String, IsCollection: true);

    public static IReadOnlyList<RowFunctionShape> Shapes { get; } =
    [
        new("In", [Name, Many]),
        new("NotIn", [Name, Many]),
        new("Between", [Name, Many]),
        new("NotBetween", [Name, Many]),
        new("OnOrAfter", [Name, One]),
        new("OnOrBefore", [Name, One]),
        new("On", [Name, One]),
    ];

    /// <summary>Meaning of the functions by qualified name; text compares by <paramref name="strings"/>.</summary>
    public static IReadOnlyDictionary<string, RowFunction> Create(StringSemantics strings)
    {
        var functions = new Dictionary<string, RowFunction>(StringComparer.Ordinal);
        void Add(string name, Func<object?, object?[], bool> test) =>
            functions.Add($"{DataverseSchema.Namespace}.{name}", (type, arguments) => Bind(type, arguments, test));

        bool Is(object? value, object? other) =>
            value is not null && other is not null && ScalarValues.Compare(value, other, strings) == 0;
        bool Within(object? value, object?[] bounds) => value is not null && Pair(bounds)
            && ScalarValues.Compare(value, bounds[0], strings) >= 0
            && ScalarValues.Compare(value, bounds[1], strings) <= 0;

        Add("In", (value, others) => others.Any(other => Is(value, other)));
        Add("NotIn", (value, others) => value is not null && !others.Any(other => Is(value, other)));
        Add("Between", Within);
        Add("NotBetween", (value, bounds) => value is not null && !Within(value, bounds));
        Add("On", (value, others) => Day(value) is { } day && day == Day(others[0]));
        Add("OnOrAfter", (value, others) => Day(value) >= Day(others[0]));
        Add("OnOrBefore", (value, others) => Day(value) <= Day(others[0]));
        return functions;
    }

    private static Func<Func<string, object?>, bool> Bind(
        IEdmEntityType type, IReadOnlyDictionary<string, object?> arguments, Func<object?, object?[], bool> test)
    {
        var name = arguments.GetValueOrDefault(Property) as string ?? "";

        // The functions take the logical name, so that a lookup may be called by its name without the underscores too.
        var property = type.FindProperty(name) as IEdmStructuralProperty
            ?? type.FindProperty($"_{name}_value") as IEdmStructuralProperty
            ?? throw new ODataQueryException(
                ODataQueryFault.UnknownProperty,
                $"Could not find a property named '{name}' on type '{type.FullName()}'.");
        var texts = arguments.TryGetValue(Values, out var many)
            ? (many as object?[] ?? [])
            : [arguments.GetValueOrDefault(Value)];
        var values = Array.ConvertAll(texts, text => Parse(property, text));
        return row => test(row(property.Name), values);
    }

    private static object? Parse(IEdmStructuralProperty property, object? text)
    {
        var written = Convert.ToString(text, CultureInfo.InvariantCulture);
        return written is null ? null : TryParse(property.Type.PrimitiveKind(), written)
            ?? throw new ODataQueryException(
                ODataQueryFault.Syntax, $"A value for '{property.Name}' is not valid for its type.");
    }

    private static object? TryParse(EdmPrimitiveTypeKind kind, string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        return kind switch
        {
            EdmPrimitiveTypeKind.Int32 or EdmPrimitiveTypeKind.Int64 =>
                long.TryParse(text, NumberStyles.Integer, invariant, out var number) ? number : null,
            EdmPrimitiveTypeKind.Decimal or EdmPrimitiveTypeKind.Double =>
                decimal.TryParse(text, NumberStyles.Float, invariant, out var number) ? number : null,
            EdmPrimitiveTypeKind.Boolean => text switch
            {
                "1" => true,
                "0" => false,
                _ =>
                bool.TryParse(text, out var flag) ? flag : null
            },
            EdmPrimitiveTypeKind.Guid => Guid.TryParse(text, out var id) ? id : null,
            EdmPrimitiveTypeKind.DateTimeOffset or EdmPrimitiveTypeKind.Date =>
                DateTimeOffset.TryParse(text, invariant, Utc, out var time) ? time : null,
            _ => text,
        };
    }

    private static bool Pair(object?[] bounds) => bounds is [not null, not null];

    private static DateOnly? Day(object? value) => value switch
    {
        DateTimeOffset time => DateOnly.FromDateTime(time.UtcDateTime),
        DateOnly day => day,
        _ => null,
    };
}
