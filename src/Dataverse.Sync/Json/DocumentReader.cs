namespace Dataverse.Sync.Documents;

/// <summary>Reads a document: the standard mappings if it wants them, new mappings, and changes of others.</summary>
internal sealed class DocumentReader
{
    private readonly List<IIntegrationTableMapping> mappings;
    private readonly HashSet<string> seen = new(StringComparer.OrdinalIgnoreCase);
    private readonly Reading reading;

    private DocumentReader(IReadOnlyList<IIntegrationTableMapping> existing, Reading reading)
    {
        mappings = [.. existing];
        this.reading = reading;
    }

    /// <summary>Applies a document to mappings.</summary>
    /// <param name="root">The document, or null if it could not be read.</param>
    /// <param name="existing">The mappings that the document can change.</param>
    /// <param name="reading">Receives the problems.</param>
    /// <returns>All mappings.</returns>
    /// <exception cref="SyncConfigurationException">There is a problem. The exception lists all of them.</exception>
    public static IReadOnlyList<IIntegrationTableMapping> Read(
        Node? root, IReadOnlyList<IIntegrationTableMapping> existing, Reading reading)
    {
        var reader = new DocumentReader(existing, reading);
        if (root is not null)
        {
            reader.Read(root);
        }

        reading.Problems.ThrowIfAny();
        return reader.mappings;
    }

    private void Read(Node root)
    {
        if (root.Kind != NodeKind.Object)
        {
            reading.Add(root, root is { IsSetting: true, IsBlank: true }
                ? "has no settings."
                : $"is {root.KindText}; it must be an object.");
            return;
        }

        if (!HasKnownVersion(root))
        {
            return;
        }

        foreach (var (name, value) in root.Members)
        {
            if (!DocumentDescription.Members.Contains(name, root.Names))
            {
                reading.Add(value, $"is unknown here.{Suggestion.For(name, DocumentDescription.Members)}");
            }
        }

        if (root.Find(DocumentDescription.StandardMappings) is { } standard)
        {
            AddStandard(standard);
        }

        RuleDescription.ShareWith(mappings, reading);
        if (root.Find(DocumentDescription.Mappings) is { } listed)
        {
            ReadMappings(listed);
        }
    }

    // Nothing else of a newer document is judged, because its meaning may be another one.
    private bool HasKnownVersion(Node root)
    {
        if (root.Find(DocumentDescription.Version) is not { } node)
        {
            return true;
        }

        var known = reading.Problems.Count;
        var version = WholeNumberForm.Instance.Read(node, 0, reading);
        if (reading.Problems.Count > known)
        {
            return false;
        }

        if (version is < 1 or > DocumentDescription.CurrentVersion)
        {
            reading.Add(node, $"is {version}; this version of the library reads {DocumentDescription.CurrentVersion}.");
            return false;
        }

        return true;
    }

    // An empty object has no value in settings, so that a member without one adds the standard mappings as well.
    private void AddStandard(Node node)
    {
        var isText = node is { IsSetting: true, Kind: NodeKind.Text };
        if (node.Kind == NodeKind.Boolean || isText)
        {
            if (!BooleanForm.Instance.Read(node, before: false, reading))
            {
                return;
            }
        }

        if (node is { IsSetting: false, Kind: NodeKind.Null })
        {
            reading.Add(node, "is null; it must be true, false, or an object.");
            return;
        }

        var known = reading.Problems.Count;
        var options = node.Kind is NodeKind.Boolean || isText || (node.IsSetting && node.IsBlank)
            ? new()
            : StandardDescription.Form.ReadWhole(node, reading);
        if (reading.Problems.Count > known)
        {
            return;
        }

        foreach (var mapping in StandardMappings.Create(options))
        {
            if (Find(mapping.Name) >= 0)
            {
                reading.Add(node, $"adds mapping '{mapping.Name}', but there is one of this name already.");
                continue;
            }

            mappings.Add(mapping);
        }
    }

    private void ReadMappings(Node node)
    {
        if (NodeList.EntriesOf(node) is not { } entries)
        {
            reading.Add(node, $"is {node.KindText}; it must be a list, or an object by the names of mappings.");
            return;
        }

        foreach (var (name, entry) in entries)
        {
            if (entry.Kind != NodeKind.Object)
            {
                reading.Add(entry, $"is {entry.KindText}; it must be an object.");
            }
            else
            {
                ReadMapping(name, name is null ? entry : Named(name, entry));
            }
        }
    }

    private Node Named(string name, Node entry)
    {
        if (entry.Find("name") is { } given)
        {
            if (!string.Equals(given.Scalar, name, StringComparison.OrdinalIgnoreCase))
            {
                reading.Add(given, $"is '{given.Scalar}', but the mapping stands under '{name}'.");
            }

            return entry;
        }

        var added = new Node(NodeKind.Text, entry.Path) { Scalar = name, Position = entry.Position };
        return entry with { Members = [new("name", added), .. entry.Members] };
    }

    private void ReadMapping(string? key, Node entry)
    {
        var known = reading.Problems.Count;
        var name = entry.Find("name") is { Kind: NodeKind.Text } text ? text.Scalar : string.Empty;
        var place = Find(name);
        var isRepeated = !seen.Add(name) && key is null && name.Length > 0;
        if (isRepeated)
        {
            reading.Add(entry, $"describes mapping '{name}' a second time.");
            return;
        }

        var mapping = place < 0
            ? MappingDescription.Form.ReadWhole(entry, reading)
            : MappingDescription.Form.Read(entry, MappingDescription.Normalize(mappings[place]), reading);
        if (place < 0 && name.Length > 0 && entry.Find("localTable") is null)
        {
            var names = mappings.Select(other => other.Name).ToList();
            reading.Add(entry, $"is a new mapping, because there is none named '{name}' to change."
                + Suggestion.For(name, names));
        }

        if (reading.Problems.Count > known)
        {
            return;
        }

        foreach (var problem in MappingSettingsValidator.FindProblems(mapping))
        {
            reading.Add(entry, problem);
        }

        if (place < 0)
        {
            mappings.Add(mapping);
        }
        else
        {
            mappings[place] = mapping with { Name = mappings[place].Name };
        }
    }

    private int Find(string name) =>
        mappings.FindIndex(mapping => string.Equals(mapping.Name, name, StringComparison.OrdinalIgnoreCase));
}
