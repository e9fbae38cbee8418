using System.Globalization;

namespace Dataverse.Sync.Documents;

internal static class NodeList
{
    /// <summary>
    /// The elements of a list, or null if the node is none. In settings, a list has numbered members, and an empty one is
    /// blank.
    /// </summary>
    public static IReadOnlyList<Node>? ItemsOf(Node node) => node switch
    {
        { Kind: NodeKind.List } => node.Items,
        { IsSetting: true, IsBlank: true } => [],
        { IsSetting: true, Kind: NodeKind.Object } when node.Members.All(IsNumbered) =>
            [.. node.Members.Select(member => member.Value)],
        _ => null,
    };

    /// <summary>
    /// The elements of a list, or of an object that stands for one and names each element; null if the node is neither.
    /// In settings, named elements follow numbered ones, which they can change.
    /// </summary>
    public static IReadOnlyList<(string? Name, Node Entry)>? EntriesOf(Node node) =>
        ItemsOf(node) is { } items ? [.. items.Select(item => ((string?)null, item))]
        : node.Kind == NodeKind.Object
            ? [.. node.Members.Select(entry => (node.IsSetting && IsNumbered(entry) ? null : entry.Name, entry.Value))]
        : null;

    /// <summary>Whether a member of an object in settings is an element of a list.</summary>
    public static bool IsNumbered(NodeMember member) =>
        int.TryParse(member.Name, NumberStyles.None, CultureInfo.InvariantCulture, out _);
}
