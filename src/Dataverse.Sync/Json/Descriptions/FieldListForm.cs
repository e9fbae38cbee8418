using System.Text.Json;
using System.Text.Json.Nodes;

namespace Dataverse.Sync.Documents;

/// <summary>The field mappings of a table mapping, which are changed one by one.</summary>
/// <remarks>
/// A list, or an object whose names are the keys of existing field mappings, which settings can override one by one.
/// </remarks>
internal sealed class FieldListForm : Form<IReadOnlyList<IFieldMapping>>
{
    private static readonly ObjectForm<FieldMapping> Field = FieldDescription.Form;

    public override bool HasParts => true;

    public override IReadOnlyList<IFieldMapping> Read(Node node, IReadOnlyList<IFieldMapping> before, Reading reading)
    {
        if (NodeList.EntriesOf(node) is not { } entries)
        {
            reading.Add(node, $"is {node.KindText}; it must be a list, or an object by the keys of field mappings.");
            return before;
        }

        var fields = new FieldListReader([.. before.Cast<FieldMapping>()], reading);
        foreach (var (key, entry) in entries)
        {
            fields.Read(key, entry);
        }

        return fields.Result;
    }

    // A second field mapping between the same fields, of which one is switched off, must say that it is another one.
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<IFieldMapping> value, NamedCode code)
    {
        writer.WriteStartArray();
        var seen = new HashSet<(string?, string?)>();
        foreach (var field in value.Cast<FieldMapping>())
        {
            WriteWhole(writer, field, !seen.Add((field.LocalField, field.IntegrationField)), code);
        }

        writer.WriteEndArray();
    }

    public override void WriteChange(
        Utf8JsonWriter writer, IReadOnlyList<IFieldMapping> before, IReadOnlyList<IFieldMapping> after, NamedCode code)
    {
        var changes = new FieldListChanges(before, after);
        if (!changes.AreExpressible)
        {
            WriteReplacement(writer, after, code);
            return;
        }

        writer.WriteStartArray();
        foreach (var removed in changes.Removed)
        {
            WriteEntry(writer, removed, () => WriteIdentity(writer, FieldAction.Remove, removed));
        }

        foreach (var (old, changed) in changes.Kept.Where(pair => !Field.AreSame(pair.Before, pair.After)))
        {
            WriteEntry(writer, changed, () =>
            {
                WriteIdentity(writer, FieldAction.Change, old);
                Field.WriteChangedMembers(writer, old, changed, code);
            });
        }

        foreach (var added in changes.Added)
        {
            WriteWhole(writer, added, isAdded: true, code);
        }

        writer.WriteEndArray();
    }

    public override IEnumerable<MappingDifference> Compare(
        string path, IReadOnlyList<IFieldMapping> before, IReadOnlyList<IFieldMapping> after, NamedCode code)
    {
        var changes = new FieldListChanges(before, after);
        foreach (var (old, changed) in changes.Kept)
        {
            foreach (var difference in Field.Compare($"{path}[{old.Key}]", old, changed, code))
            {
                yield return difference;
            }
        }

        foreach (var removed in changes.Removed)
        {
            yield return new($"{path}[{removed.Key}]", JsonText.Of(Field, removed, code), null);
        }

        foreach (var added in changes.Added)
        {
            yield return new($"{path}[{added.Key}]", null, JsonText.Of(Field, added, code));
        }

        if (!changes.AreExpressible)
        {
            yield return new($"{path}.order", Order(before), Order(after));
        }
    }

    public override bool AreSame(IReadOnlyList<IFieldMapping> left, IReadOnlyList<IFieldMapping> right) =>
        left.Count == right.Count
        && left.Zip(right).All(pair => Field.AreSame((FieldMapping)pair.First, (FieldMapping)pair.Second));

    public override JsonObject Describe(SchemaDefinitions definitions) => SchemaDefinitions.AnyOf(
        new() { ["type"] = "array", ["items"] = Field.Describe(definitions) },
        new() { ["type"] = "object", ["additionalProperties"] = Field.Describe(definitions) });

    private static string Order(IReadOnlyList<IFieldMapping> fields) => JsonText.WriteCompact(writer =>
    {
        writer.WriteStartArray();
        foreach (var field in fields)
        {
            writer.WriteStringValue(field.Key.Value);
        }

        writer.WriteEndArray();
    });

    private static void WriteReplacement(Utf8JsonWriter writer, IReadOnlyList<IFieldMapping> after, NamedCode code)
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString(FieldDescription.Action, nameof(FieldAction.RemoveAll));
        writer.WriteEndObject();
        foreach (var field in after.Cast<FieldMapping>())
        {
            WriteWhole(writer, field, isAdded: true, code);
        }

        writer.WriteEndArray();
    }

    private static void WriteWhole(Utf8JsonWriter writer, FieldMapping field, bool isAdded, NamedCode code) =>
        WriteEntry(writer, field, () =>
        {
            if (isAdded)
            {
                writer.WriteString(FieldDescription.Action, nameof(FieldAction.Add));
            }

            Field.WriteMembers(writer, field, code);
            if (field.Constant.IsBlank && (field.LocalField is null || field.IntegrationField is null))
            {
                writer.WriteNull("constant");
            }
        });

    private static void WriteIdentity(Utf8JsonWriter writer, FieldAction action, FieldMapping field)
    {
        writer.WriteString(FieldDescription.Action, $"{action}");
        if (field.LocalField is not null)
        {
            writer.WriteString("localField", field.LocalField);
        }

        if (field.IntegrationField is not null)
        {
            writer.WriteString("integrationField", field.IntegrationField);
        }
    }

    private static void WriteEntry(Utf8JsonWriter writer, FieldMapping field, Action write)
    {
        writer.WriteStartObject();
        try
        {
            write();
        }
        catch (SyncConfigurationException refusal)
        {
            throw new SyncConfigurationException([.. refusal.Problems.Select(text => $"Field mapping '{field.Key}': {text}")]);
        }

        writer.WriteEndObject();
    }
}
