namespace Dataverse.Sync.Execution;

/// <summary>Lists of a plan that are created with their first item, because most plans have none.</summary>
internal static class OptionalLists
{
    /// <summary>Returns the list, or an empty one that is not allocated if there is none.</summary>
    /// <remarks><c>list ?? []</c> would create a list for each plan.</remarks>
    public static IReadOnlyList<T> OrNone<T>(this List<T>? list) => list ?? (IReadOnlyList<T>)[];
}
