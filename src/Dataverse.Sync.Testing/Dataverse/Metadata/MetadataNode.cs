namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// An object of the metadata: its type, its values (primitive, or a JSON node), and the objects below it.
/// </summary>
internal sealed record MetadataNode(string Type, IReadOnlyDictionary<string, object?> Values)
{
    public IReadOnlyDictionary<string, IReadOnlyList<MetadataNode>> Collections { get; init; } =
        new Dictionary<string, IReadOnlyList<MetadataNode>>();

    public IReadOnlyDictionary<string, MetadataNode> Singles { get; init; } = new Dictionary<string, MetadataNode>();
}
