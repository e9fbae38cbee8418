namespace Dataverse.Sync.Execution;

/// <summary>The options of one side of a field: those of its schema, or the records of a table.</summary>
/// <param name="Place">Where the options are, for messages.</param>
/// <param name="Options">The options.</param>
internal sealed record OptionList(string Place, IReadOnlyList<ChoiceOption> Options)
{
    private readonly Dictionary<FieldValue, ChoiceOption> byValue = ByValue(Options);
    private readonly Dictionary<string, ChoiceOption> byLabel = ByLabel(Options);

    /// <summary>Whether any text is an option, and the list is empty.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The length to which labels are cut, or null if they are not.</summary>
    public int? MaxLength { get; init; }

    /// <summary>Whether a zero stands for a blank, because the system stores none.</summary>
    public bool ZeroIsBlank { get; init; }

    /// <summary>The options that a schema tells for a field.</summary>
    public static OptionList Of(FieldSchema field) => new($"field '{field.Name}'", field.Options)
    {
        IsOpen = field.Options.Count == 0,
        MaxLength = field.Type == FieldType.Text ? field.MaxLength : null,
        ZeroIsBlank = !field.CanBeBlank,
    };

    public static string Comparable(string label) => TextForm.InNormalFormC(label).Trim();

    public ChoiceOption? WithValue(FieldValue value) => byValue.GetValueOrDefault(value);

    public ChoiceOption? WithLabel(string label) => byLabel.GetValueOrDefault(Comparable(label));

    /// <summary>Finds an option by its value, by the text of its value, or by a label.</summary>
    public ChoiceOption? Find(FieldValue named) => WithValue(named)
        ?? WithNumber(named.ToString())
        ?? WithLabel(named.ToString());

    public ChoiceOption? WithNumber(string number)
    {
        foreach (var option in Options)
        {
            if (string.Equals(option.Value.ToString(), number.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return option;
            }
        }

        return null;
    }

    private static Dictionary<FieldValue, ChoiceOption> ByValue(IEnumerable<ChoiceOption> options)
    {
        var found = new Dictionary<FieldValue, ChoiceOption>();
        foreach (var option in options)
        {
            _ = found.TryAdd(option.Value, option);
        }

        return found;
    }

    // A label in the language of the caller counts before one in another language.
    private static Dictionary<string, ChoiceOption> ByLabel(IReadOnlyList<ChoiceOption> options)
    {
        var found = new Dictionary<string, ChoiceOption>(StringComparer.OrdinalIgnoreCase);
        foreach (var option in options)
        {
            _ = found.TryAdd(Comparable(option.Label), option);
        }

        foreach (var option in options)
        {
            foreach (var label in option.OtherLabels)
            {
                _ = found.TryAdd(Comparable(label), option);
            }
        }

        return found;
    }
}
