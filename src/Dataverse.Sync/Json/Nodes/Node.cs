namespace Dataverse.Sync.Documents;

/// <summary>A value of a document, with the place where it stands.</summary>
/// <param name="Kind">What the node contains.</param>
/// <param name="Path">The path to the node, such as <c>$.mappings[1].direction</c>.</param>
internal sealed record Node(NodeKind Kind, string Path)
{
    /// <summary>The offset of the node in the document in bytes, or −1 if it has none.</summary>
    public long Position { get; init; } = -1;

    /// <summary>Whether the node comes from flat settings, whose values are texts and whose keys ignore letter case.</summary>
    public bool IsSetting { get; init; }

    /// <summary>The text, or the number or boolean as it is written.</summary>
    public string Scalar { get; init; } = string.Empty;

    /// <summary>The members of an object, each name once.</summary>
    public IReadOnlyList<NodeMember> Members { get; init; } = [];

    /// <summary>The elements of a list.</summary>
    public IReadOnlyList<Node> Items { get; init; } = [];

    /// <summary>Whether the node has no value: null, or a setting that is blank.</summary>
    public bool IsBlank => Kind == NodeKind.Null || (IsSetting && Kind == NodeKind.Text && Scalar.Trim().Length == 0);

    /// <summary>The words for people that say what the node contains.</summary>
    public string KindText => Kind switch
    {
        NodeKind.Null => "null",
        NodeKind.Text => IsBlank ? "blank" : "a text",
        NodeKind.Number => "a number",
        NodeKind.Boolean => "a boolean",
        NodeKind.List => "a list",
        _ => "an object",
    };

    /// <summary>The comparer of the names of members.</summary>
    public StringComparer Names => IsSetting ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Finds a member by its name; null if there is none.</summary>
    public Node? Find(string name)
    {
        foreach (var member in Members)
        {
            if (Names.Equals(member.Name, name))
            {
                return member.Value;
            }
        }

        return null;
    }
}
