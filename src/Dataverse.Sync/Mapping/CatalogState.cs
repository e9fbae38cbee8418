namespace Dataverse.Sync;

/// <summary>The mappings of a catalog at one moment, with what is wrong with their stored overrides.</summary>
/// <param name="Mappings">The mappings.</param>
internal sealed record CatalogState(IReadOnlyList<IIntegrationTableMapping> Mappings)
{
    /// <summary>The number of changes that were made in memory.</summary>
    public int Edits { get; init; }

    /// <summary>Why the stored override of a mapping cannot be used, by the name of the mapping.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Problems { get; init; } =
        new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>The parts of stored overrides that have nothing to act on any more.</summary>
    public IReadOnlyList<MappingWarning> Warnings { get; init; } = [];
}
