namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// A collection-valued navigation property: the rows of <paramref name="Table"/> whose <paramref name="Column"/> refers
/// here.
/// </summary>
internal sealed record DataverseCollection(
    string Name, string Table, DataverseColumn Column, DataverseNavigation Inverse);
