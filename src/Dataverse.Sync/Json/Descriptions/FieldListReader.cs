namespace Dataverse.Sync.Documents;

/// <summary>Applies the entries of a list of field mappings one after the other.</summary>
/// <param name="fields">The field mappings before. The list is changed.</param>
/// <param name="reading">Receives the problems.</param>
internal sealed class FieldListReader(List<FieldMapping> fields, Reading reading)
{
    private static readonly ObjectForm<FieldMapping> Form = FieldDescription.Form;

    private readonly HashSet<FieldMapping> seen = new(ReferenceEqualityComparer.Instance);

    public IReadOnlyList<IFieldMapping> Result => fields;

    /// <summary>Applies an entry.</summary>
    /// <param name="name">The key, or the only field, of the field mapping that the entry changes; null in a list.</param>
    /// <param name="entry">The entry.</param>
    public void Read(string? name, Node entry)
    {
        if (entry.Kind != NodeKind.Object)
        {
            reading.Add(entry, $"is {entry.KindText}; it must be an object.");
            return;
        }

        var known = reading.Problems.Count;
        var action = entry.Find(FieldDescription.Action) is { } given
            ? ChoiceForm<FieldAction>.Instance.Read(given, default, reading)
            : FieldAction.AddOrChange;
        if (reading.Problems.Count > known)
        {
            return;
        }

        if (action == FieldAction.RemoveAll)
        {
            fields.Clear();
            return;
        }

        Apply(action, name, entry, Find(name, entry));
    }

    private void Apply(FieldAction action, string? name, Node entry, int place)
    {
        var isMissing = place < 0
            && (action is FieldAction.Change or FieldAction.Remove || (name is not null && !NamesFields(entry)));
        if (isMissing)
        {
            Miss(entry, name);
        }
        else if (action == FieldAction.Remove)
        {
            fields.RemoveAt(place);
        }
        else if (place < 0 || (action == FieldAction.Add && (reading.Obsolete is null || seen.Contains(fields[place]))))
        {
            Add(entry);
        }
        else
        {
            Change(action, name, entry, place);
        }
    }

    private void Add(Node entry)
    {
        var added = Form.ReadWhole(entry, reading);
        _ = seen.Add(added);
        fields.Add(added);
    }

    // A stored addition replaces a field mapping that the defaults have got since.
    private void Change(FieldAction action, string? name, Node entry, int place)
    {
        if (name is null && action == FieldAction.AddOrChange && seen.Contains(fields[place]))
        {
            reading.Add(entry, $"is there twice: the list has the field mapping '{fields[place].Key}' already. "
                + $"If it is another one, set its '{FieldDescription.Action}' to {nameof(FieldAction.Add)}.");
            return;
        }

        fields[place] = action == FieldAction.Add
            ? Form.ReadWhole(entry, reading)
            : Form.Read(entry, fields[place], reading);
        _ = seen.Add(fields[place]);
    }

    private void Miss(Node entry, string? name)
    {
        var wanted = name ?? TextOf(entry, "key")
            ?? FieldMappingKey.Between(TextOf(entry, "localField"), TextOf(entry, "integrationField")).Value;
        if (reading.Obsolete is { } obsolete)
        {
            obsolete.Add($"changes field mapping '{wanted}', which no longer exists");
        }
        else
        {
            reading.Add(entry, $"changes field mapping '{wanted}', which does not exist."
                + Suggestion.For(wanted, [.. fields.Select(field => field.Key.Value)]));
        }
    }

    private int Find(string? name, Node entry)
    {
        var key = name ?? TextOf(entry, "key");
        if (name is null && NamesFields(entry))
        {
            var (local, integration) = (TextOf(entry, "localField"), TextOf(entry, "integrationField"));
            var found = fields.FindAll(field => field.LocalField == local && field.IntegrationField == integration);
            return found.Count == 0 ? -1
                : fields.IndexOf(found.Find(field => field.Key.Value == key) ?? found[0]);
        }

        return key is null ? -1 : FindByName(key, entry.IsSetting);
    }

    // Settings that come from the environment cannot contain every sign, so the name of the one field is enough.
    private int FindByName(string name, bool ignoresCase)
    {
        var comparison = ignoresCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var place = fields.FindIndex(field => string.Equals(field.Key.Value, name, comparison));
        if (place >= 0)
        {
            return place;
        }

        var byField = fields.FindAll(field => string.Equals(field.LocalField, name, comparison)
            || string.Equals(field.IntegrationField, name, comparison));
        return byField.Count == 1 ? fields.IndexOf(byField[0]) : -1;
    }

    private static bool NamesFields(Node entry) =>
        TextOf(entry, "localField") is not null || TextOf(entry, "integrationField") is not null;

    private static string? TextOf(Node entry, string member) =>
        entry.Find(member) is { Kind: NodeKind.Text, IsBlank: false } text ? text.Scalar : null;
}
