namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Reads metadata objects for filters; values that are JSON nodes cannot be compared.</summary>
internal sealed class MetadataAccessor : IRowAccessor<MetadataNode>
{
    public object? Value(MetadataNode row, string property) => row.Values.GetValueOrDefault(property) switch
    {
        System.Text.Json.Nodes.JsonNode => null,
        var value => value,
    };
}
