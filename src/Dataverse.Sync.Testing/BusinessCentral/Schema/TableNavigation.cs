namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// A navigation property: the rows of <paramref name="Target"/> whose <see cref="ReferencedProperty"/> equals the
/// <see cref="Property"/> of a row.
/// </summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Target">Entity set (exposed or not) of the target.</param>
/// <param name="IsCollection">Whether there may be several rows.</param>
internal sealed record TableNavigation(string Name, string Target, bool IsCollection)
{
    /// <summary>The property of the row that has the navigation property.</summary>
    public string Property { get; init; } = "id";

    /// <summary>The property of the related rows.</summary>
    public string ReferencedProperty { get; init; } = "id";

    /// <summary>The navigation property of the target that leads back; null if there is none.</summary>
    public string? Partner { get; init; }
}
