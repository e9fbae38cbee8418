namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The meaning of all query functions; what the emulator cannot do truly is refused.</summary>
internal static class QueryFunctionSet
{
    /// <summary>The functions by qualified name.</summary>
    public static IReadOnlyDictionary<string, RowFunction> Create(QueryScope scope)
    {
        IEnumerable<(string Name, RowFunction Function)> known =
        [
            .. ValueFunctions.All(scope.State.Schema), .. TimeFunctions.All(scope.Now), .. CallerFunctions.All(scope),
            .. HierarchyFunctions.All(scope.State),
        ];
        var meanings = known.ToDictionary(entry => entry.Name, entry => entry.Function, StringComparer.Ordinal);
        return QueryFunctions.Shapes.ToDictionary(
            shape => $"{DataverseSchema.Namespace}.{shape.Name}",
            shape => meanings.TryGetValue(shape.Name, out var function) ? function : Refused(shape.Name),
            StringComparer.Ordinal);
    }

    private static RowFunction Refused(string name) => (_, _) =>
        throw new ODataQueryException(ODataQueryFault.NotSupported, $"The emulator does not evaluate '{name}'.");
}
