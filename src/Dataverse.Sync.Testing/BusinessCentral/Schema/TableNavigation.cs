namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A navigation property: the rows of <paramref name="Target"/> that belong to a row.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Target">Entity set (exposed or not) of the target.</param>
/// <param name="IsCollection">Whether there may be several rows.</param>
internal sealed record TableNavigation(string Name, string Target, bool IsCollection)
{
    /// <summary>The property that holds the id of the one related row; null if page logic finds the rows.</summary>
    public string? Reference { get; init; }
}
