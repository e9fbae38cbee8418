namespace Dataverse.Sync.Documents;

internal static class NumberText
{
    /// <summary>Whether a node may contain a number. Numbers in settings are texts.</summary>
    public static bool IsNumber(Node node) =>
        node.Kind == NodeKind.Number || node is { IsSetting: true, Kind: NodeKind.Text };

    /// <summary>The number as it is written, or what the node contains instead.</summary>
    public static string Describe(Node node) =>
        node.Kind == NodeKind.Number || (IsNumber(node) && !node.IsBlank) ? $"'{node.Scalar}'" : node.KindText;
}
