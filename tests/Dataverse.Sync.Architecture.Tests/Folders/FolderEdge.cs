namespace Dataverse.Sync.Architecture.Tests;

/// <summary>The references that the types of one folder make to the types of another.</summary>
/// <param name="From">The folder of the types that refer.</param>
/// <param name="To">The folder of the types that they refer to.</param>
/// <param name="References">The references; one for every name in the sources.</param>
internal sealed record FolderEdge(string From, string To, IReadOnlyList<TypeReference> References)
{
    /// <summary>The pairs of types, the one with the most references first.</summary>
    public IEnumerable<TypeReference> Types => References.CountBy(reference => reference)
        .OrderByDescending(pair => pair.Value)
        .ThenBy(pair => $"{pair.Key}", StringComparer.Ordinal)
        .Select(pair => pair.Key);

    public override string ToString() => $"{From} → {To}: {string.Join(", ", Types)}";
}
