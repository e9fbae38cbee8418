using System.Globalization;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Execution;

/// <summary>Converts sets of options: to the options of another choice, to one option, and to a text of labels.</summary>
/// <remarks>
/// The labels are separated by semicolons, as Dataverse shows them. What would not be read again as the same options is
/// refused.
/// </remarks>
internal static class MultiChoiceConversion
{
    private const char Separator = ';';

    /// <summary>Returns the labels of the options, or their numbers where the options are unknown.</summary>
    /// <exception cref="UnfitValueException">An option is unknown, or the text would be ambiguous or too long.</exception>
    public static FieldValue ToText(FieldValue value, FieldSchema from, FieldSchema to, bool isConverted)
    {
        var labels = new List<string>();
        foreach (var number in value.AsMultiChoice())
        {
            var label = ChoiceConversion.TextOf(FieldValue.Integer(number), from, isConverted);
            labels.Add(IsReadable(label, number, from)
                ? label
                : throw new UnfitValueException(
                    $"option {number} of field '{from.Name}' has no label, or one that another option has too or that "
                    + "contains a semicolon, so a text of labels would be ambiguous. Use a converter."));
        }

        var text = string.Join($"{Separator} ", labels);
        return text.Length <= (to.MaxLength ?? int.MaxValue)
            ? FieldValue.Text(text)
            : throw new UnfitValueException(
                $"the labels of the options have {text.Length} characters, and field '{to.Name}' holds at most "
                + $"{to.MaxLength}. A list of options is never cut.");
    }

    /// <summary>
    /// Finds the options of a choice for those of another, for one option, or for a text of labels or numbers.
    /// </summary>
    /// <exception cref="UnfitValueException">One of the two choices has no such option.</exception>
    public static FieldValue ToMultiChoice(FieldValue value, FieldSchema from, FieldSchema to, bool isConverted)
    {
        IEnumerable<FieldValue> named = value.Kind switch
        {
            FieldValueKind.MultiChoice => value.AsMultiChoice().Select(number => FieldValue.Integer(number)),
            FieldValueKind.Text when from.Type != FieldType.Choice => NamedBy(value.AsText(), to),
            _ => [value],
        };
        return FieldValue.MultiChoice(named
            .Select(option => ChoiceConversion.ToChoice(option, from, to, isConverted))
            .Where(option => !option.IsBlank)
            .Select(option => NumberOf(option, to)));
    }

    /// <summary>Finds the option of a choice for a set of one option.</summary>
    /// <exception cref="UnfitValueException">There are several options, or the choice has no such option.</exception>
    public static FieldValue ToChoice(FieldValue value, FieldSchema from, FieldSchema to, bool isConverted) =>
        value.AsMultiChoice() is [var only]
            ? ChoiceConversion.ToChoice(FieldValue.Integer(only), from, to, isConverted)
            : throw new UnfitValueException($"the value has several options, and field '{to.Name}' holds one.");

    /// <summary>Finds the options that a person names by labels or numbers; null if one is unknown.</summary>
    public static FieldValue? Named(FieldSchema field, string names)
    {
        var numbers = new List<int>();
        foreach (var name in NamedBy(names, field))
        {
            var option = field.Options.Count > 0 ? ChoiceConversion.Named(field, name.ToString())?.Value : name;
            if (option is not { } found || !TryGetNumber(found, out var number))
            {
                return null;
            }

            numbers.Add(number);
        }

        return FieldValue.MultiChoice(numbers);
    }

    // A label comes before numbers with commas, which Dataverse uses.
    private static IEnumerable<FieldValue> NamedBy(string names, FieldSchema field) =>
        OptionNumbers.Parse(names) is { Count: > 1 } numbers && ChoiceConversion.Named(field, names) is null
            ? numbers.Select(number => FieldValue.Integer(number))
            : names.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(FieldValue.Text);

    private static bool IsReadable(string label, int number, FieldSchema field) =>
        label.Length > 0 && !label.Contains(Separator) && label.Trim().Length == label.Length
        && ChoiceConversion.Named(field, label) is var named
        && (named is null || named.Value == FieldValue.Integer(number));

    private static int NumberOf(FieldValue option, FieldSchema field) => TryGetNumber(option, out var number)
        ? number
        : throw new UnfitValueException($"field '{field.Name}' holds numbers of options, and the value is none.");

    private static bool TryGetNumber(FieldValue option, out int number)
    {
        if (option.Kind == FieldValueKind.Text)
        {
            return int.TryParse(option.AsText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
        }

        var isNumber = option.Kind == FieldValueKind.Integer && option.AsInteger() is >= int.MinValue and <= int.MaxValue;
        number = isNumber ? (int)option.AsInteger() : 0;
        return isNumber;
    }
}
