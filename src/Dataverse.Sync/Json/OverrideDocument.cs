namespace Dataverse.Sync.Documents;

/// <summary>Writes and reads how a mapping differs from its default.</summary>
/// <remarks>
/// Only the difference is written, so that new defaults of a later version still arrive. A mapping that has no default is
/// written as a whole.
/// </remarks>
internal static class OverrideDocument
{
    private const string Version = DocumentDescription.Version;
    private const string Changes = "changes";
    private const string Added = "added";
    private const string Removed = "removed";

    /// <summary>Writes the difference. Returns null if there is none.</summary>
    /// <param name="standard">The default, or null if there is none.</param>
    /// <param name="present">The mapping, or null if it was removed.</param>
    /// <param name="code">The names of rules and converters.</param>
    /// <exception cref="SyncConfigurationException">A rule or converter that was changed has no name.</exception>
    public static string? Write(IIntegrationTableMapping? standard, IIntegrationTableMapping? present, NamedCode code)
    {
        var form = MappingDescription.Form;
        var (before, after) = (NormalizeOrNull(standard), NormalizeOrNull(present));
        if (before is null ? after is null : after is not null && form.AreSame(before, after))
        {
            return null;
        }

        return JsonText.WriteCompact(writer =>
        {
            writer.WriteStartObject();
            writer.WriteNumber(Version, DocumentDescription.CurrentVersion);
            if (after is null)
            {
                writer.WriteBoolean(Removed, true);
            }
            else if (before is null)
            {
                writer.WritePropertyName(Added);
                form.Write(writer, after, code);
            }
            else
            {
                writer.WritePropertyName(Changes);
                form.WriteChange(writer, before, after, code);
            }

            writer.WriteEndObject();
        });
    }

    /// <summary>Applies a stored difference to the default of a mapping.</summary>
    /// <param name="name">The name of the mapping.</param>
    /// <param name="document">The stored difference.</param>
    /// <param name="standard">The default, or null if there is none.</param>
    /// <param name="code">The rules and converters by their names.</param>
    public static OverriddenMapping Read(string name, string document, IIntegrationTableMapping? standard, NamedCode code)
    {
        var problems = new Problems(source: null);
        var reading = new Reading(problems, code) { Obsolete = [] };
        var root = NodeReader.Read(DocumentSource.Of(document), problems);
        var mapping = root is null ? null : Read(root, name, standard, reading);
        if (mapping is not null && !problems.AreAny)
        {
            foreach (var problem in MappingSettingsValidator.FindProblems(mapping))
            {
                problems.Add(problem);
            }
        }

        return new(mapping, problems.Sentences, reading.Obsolete);
    }

    /// <summary>Lists what differs between a mapping and its default.</summary>
    public static IEnumerable<MappingDifference> Compare(
        IIntegrationTableMapping? standard, IIntegrationTableMapping? present, NamedCode code)
    {
        var form = MappingDescription.Form;
        var (before, after) = (NormalizeOrNull(standard), NormalizeOrNull(present));
        return before is not null && after is not null ? form.Compare(string.Empty, before, after, code)
            : before is null && after is null ? []
            : [new(string.Empty, TextOf(before, code), TextOf(after, code))];
    }

    private static string? TextOf(IntegrationTableMapping? mapping, NamedCode code) =>
        mapping is null ? null : JsonText.Of(MappingDescription.Form, mapping, code);

    private static IntegrationTableMapping? NormalizeOrNull(IIntegrationTableMapping? mapping) =>
        mapping is null ? null : MappingDescription.Normalize(mapping);

    private static IIntegrationTableMapping? Read(
        Node root, string name, IIntegrationTableMapping? standard, Reading reading)
    {
        if (root.Kind != NodeKind.Object
            || root.Find(Version) is not { Kind: NodeKind.Number } version
            || root.Members.FirstOrDefault(member => member.Name != Version) is not { } content)
        {
            reading.Add(root, "is no stored override.");
            return standard;
        }

        if (version.Scalar != $"{DocumentDescription.CurrentVersion}")
        {
            reading.Add(version, $"is {version.Scalar}; this version of the library reads {DocumentDescription.CurrentVersion}.");
            return standard;
        }

        switch (content.Name)
        {
            case Removed:
                return null;
            case Added:
                return MappingDescription.Form.ReadWhole(content.Value, reading) with { Name = name };
            case Changes when standard is null:
                reading.Obsolete!.Add("changes the mapping, which no longer exists");
                return null;
            case Changes:
                var changed = MappingDescription.Form.Read(
                    content.Value, MappingDescription.Normalize(standard), reading);
                return changed with { Name = standard.Name };
            default:
                reading.Add(content.Value, "is unknown here.");
                return standard;
        }
    }
}
