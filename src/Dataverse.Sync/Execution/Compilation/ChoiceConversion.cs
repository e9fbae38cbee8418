using System.Globalization;

namespace Dataverse.Sync.Execution;

/// <summary>Finds options by value, by label in any language, and by number.</summary>
internal static class ChoiceConversion
{
    /// <summary>Returns the text of a value: the label of an option, or the value itself.</summary>
    /// <exception cref="UnfitValueException">The choice has no such option.</exception>
    public static string TextOf(FieldValue value, FieldSchema from, bool isConverted) =>
        SourceOption(value, from, isConverted)?.Label ?? value.ToString();

    /// <summary>Finds an option of a choice. Tries the stored value, then the label, then the number.</summary>
    /// <exception cref="UnfitValueException">One of the two choices has no such option.</exception>
    public static FieldValue ToChoice(FieldValue value, FieldSchema from, FieldSchema to, bool isConverted)
    {
        var source = SourceOption(value, from, isConverted);
        if (to.Options.Count == 0)
        {
            return value;
        }

        var option = OptionOf(value, to)
            ?? (source is null ? WithLabel(to, value.ToString()) : WithLabelOf(to, source))
            ?? WithNumber(to, source?.Label ?? value.ToString());
        return option is not null ? option.Value
            : SaysNothing(value, source, from) ? FieldValue.Blank
            : throw new UnfitValueException(
                $"field '{to.Name}' has no option for the value. Its options are {NamesOf(to)}.");
    }

    /// <summary>
    /// Finds an option by what a person writes: its label in any language, its value, or its number. Returns null if
    /// there is none.
    /// </summary>
    public static ChoiceOption? Named(FieldSchema field, string name) => WithLabel(field, name)
        ?? WithNumber(field, name.Trim())
        ?? field.Options.FirstOrDefault(option => option.Number?.ToString(CultureInfo.InvariantCulture) == name.Trim());

    /// <summary>The number by which a system orders an option; null if it is unknown.</summary>
    public static long? NumberOf(ChoiceOption option) =>
        option.Value.Kind == FieldValueKind.Integer ? option.Value.AsInteger() : option.Number;

    /// <summary>Returns the labels of the first options of a choice, for messages.</summary>
    public static string NamesOf(FieldSchema field) => ValueNames.Of(field.Options.Select(option => option.Label));

    /// <summary>Returns the values of the first options of a choice with their labels, for messages.</summary>
    public static string ValuesOf(FieldSchema field) =>
        ValueNames.List([.. field.Options.Select(option => $"{option.Value} ('{option.Label}')")]);

    // The blank option of a choice, and the zero of a system that cannot store a blank, stand for a blank.
    private static bool SaysNothing(FieldValue value, ChoiceOption? source, FieldSchema from) => value.Kind switch
    {
        FieldValueKind.Integer or FieldValueKind.Decimal when source is null => !from.CanBeBlank && value.AsDecimal() == 0,
        _ => string.IsNullOrWhiteSpace(source?.Label ?? value.ToString()),
    };

    // A value without an option of its own schema was added to the system after the schema was read.
    private static ChoiceOption? SourceOption(FieldValue value, FieldSchema from, bool isConverted)
    {
        if (from.Type is not (FieldType.Choice or FieldType.MultiChoice) || from.Options.Count == 0)
        {
            return null;
        }

        return OptionOf(value, from) ?? (isConverted ? null : throw new UnfitValueException(
            $"the value is not among the known options of field '{from.Name}', which are {NamesOf(from)}."));
    }

    private static ChoiceOption? OptionOf(FieldValue value, FieldSchema field) =>
        field.Options.FirstOrDefault(option => option.Value == value);

    private static ChoiceOption? WithLabelOf(FieldSchema field, ChoiceOption source) =>
        WithLabel(field, source.Label)
        ?? source.OtherLabels.Select(label => WithLabel(field, label)).FirstOrDefault(found => found is not null);

    private static ChoiceOption? WithLabel(FieldSchema field, string label)
    {
        foreach (var option in field.Options)
        {
            if (string.Equals(option.Label, label, StringComparison.OrdinalIgnoreCase))
            {
                return option;
            }
        }

        var wanted = Comparable(label);
        return field.Options.FirstOrDefault(option => IsSame(option.Label, wanted))
            ?? field.Options.FirstOrDefault(option => option.OtherLabels.Any(other => IsSame(other, wanted)));
    }

    private static ChoiceOption? WithNumber(FieldSchema field, string number) =>
        field.Options.FirstOrDefault(option => option.Value.ToString() == number);

    private static bool IsSame(string label, string wanted) =>
        string.Equals(Comparable(label), wanted, StringComparison.OrdinalIgnoreCase);

    private static string Comparable(string label) => TextForm.InNormalFormC(label).Trim();
}
