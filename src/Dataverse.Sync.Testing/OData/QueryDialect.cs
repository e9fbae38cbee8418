using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The functions that one service supports beyond the grammar, and how it compares values.</summary>
internal sealed record QueryDialect
{
    public StringSemantics Strings { get; init; } = StringSemantics.IgnoreCase;

    /// <summary>The built-in functions that filters may call; see <see cref="ScalarFunctions.All"/>.</summary>
    public IReadOnlyDictionary<string, ScalarFunction> Functions { get; init; } = ScalarFunctions.All;

    /// <summary>Meaning of the functions declared by <see cref="RowFunctionShape"/>, by fully qualified name.</summary>
    public IReadOnlyDictionary<string, RowFunction> RowFunctions { get; init; } = new Dictionary<string, RowFunction>();

    /// <summary>Whether <c>name in ('a','b')</c> is understood.</summary>
    public bool AllowIn { get; init; } = true;
}

/// <summary>A built-in function. Arguments may be null; the result then usually is.</summary>
internal delegate object? ScalarFunction(StringSemantics strings, object?[] arguments);

/// <summary>
/// Binds a row function once per query: gets the type of the row and the arguments by name (collections as lists), and
/// returns the test, which reads the row through the function it is given.
/// </summary>
/// <exception cref="ODataQueryException">The arguments make no sense for the type.</exception>
internal delegate Func<Func<string, object?>, bool> RowFunction(
    IEdmEntityType type, IReadOnlyDictionary<string, object?> arguments);
