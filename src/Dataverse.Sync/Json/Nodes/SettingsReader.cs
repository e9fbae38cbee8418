using System.Globalization;

namespace Dataverse.Sync.Documents;

/// <summary>Arranges flat settings, whose keys have several parts, as nodes.</summary>
/// <remarks>
/// A key such as <c>Sync:mappings:0:direction</c> names a value below objects; numbered members are a list. Letter case of
/// keys has no meaning, and all values are texts.
/// </remarks>
internal sealed class SettingsReader
{
    private const char Separator = ':';

    private readonly SortedDictionary<string, SettingsReader> children = new(SettingKeyComparer.Instance);
    private string? value;

    /// <summary>Reads settings.</summary>
    /// <param name="settings">The keys and values. A key with a value of null only leads to others.</param>
    /// <param name="section">The key below which the document stands, or null for all.</param>
    public static Node Read(IEnumerable<KeyValuePair<string, string?>> settings, string? section)
    {
        var root = new SettingsReader();
        foreach (var (key, value) in settings)
        {
            root.Add(key, value);
        }

        var found = string.IsNullOrEmpty(section) ? root : root.Find(section);
        return found.ToNode(section ?? string.Empty, depth: 0);
    }

    private void Add(string key, string? setting)
    {
        var place = this;
        foreach (var part in key.Split(Separator))
        {
            if (!place.children.TryGetValue(part, out var child))
            {
                child = new();
                place.children.Add(part, child);
            }

            place = child;
        }

        place.value = setting ?? place.value;
    }

    private SettingsReader Find(string section)
    {
        var place = this;
        foreach (var part in section.Split(Separator))
        {
            if (!place.children.TryGetValue(part, out place!))
            {
                return new();
            }
        }

        return place;
    }

    private Node ToNode(string path, int depth)
    {
        if (children.Count == 0 || depth > DocumentLimits.Depth)
        {
            return new(value is null ? NodeKind.Null : NodeKind.Text, path)
            {
                Scalar = value ?? string.Empty,
                IsSetting = true,
            };
        }

        var members = children.Select(child => new NodeMember(
            child.Key, child.Value.ToNode(path.Length == 0 ? child.Key : $"{path}{Separator}{child.Key}", depth + 1)));
        return new(NodeKind.Object, path) { Members = [.. members], IsSetting = true };
    }

    /// <summary>Numbers first and by their amount, then names without regard to letter case.</summary>
    private sealed class SettingKeyComparer : IComparer<string>
    {
        public static SettingKeyComparer Instance { get; } = new();

        public int Compare(string? x, string? y) => (IsNumber(x, out var left), IsNumber(y, out var right)) switch
        {
            (true, true) => left.CompareTo(right),
            (true, false) => -1,
            (false, true) => 1,
            _ => string.Compare(x, y, StringComparison.OrdinalIgnoreCase),
        };

        private static bool IsNumber(string? text, out int number) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
