namespace Dataverse.Sync.Documents;

/// <summary>The form of a transformation rule. A new kind of rule is one more entry here.</summary>
internal static class TransformationDescription
{
    public static ListForm<ITransformationRule> Form { get; } = new(
        new CodeForm<ITransformationRule>(
            "transformation rule",
            code => code.Transformations,
            Kind(WithCulture(New<UppercaseRule>("Writes a text in capital letters.", () => new()),
                (rule, text) => rule with { Culture = text })),
            Kind(WithCulture(New<LowercaseRule>("Writes a text in small letters.", () => new()),
                (rule, text) => rule with { Culture = text })),
            Kind(WithCulture(New<TitleCaseRule>("Begins every word with a capital letter.", () => new()),
                (rule, text) => rule with { Culture = text })),
            Kind(New<TrimRule>("Removes blanks around a text.", () => new())),
            Kind(New<RemoveNonAlphanumericRule>("Removes all signs but letters and digits.", () => new())),
            Kind(New<UnixTimestampRule>("Converts an instant to seconds since 1970, and back.", () => new())),
            Kind(Substring()),
            Kind(Replace()),
            Kind(RegexReplace()),
            Kind(Regex(New<RegexMatchRule>("Keeps what a pattern finds.", () => new() { Pattern = string.Empty }),
                (rule, text) => rule with { Pattern = text }, (rule, matters) => rule with { IsCaseSensitive = matters })),
            Kind(Formatting(New<DateFormattingRule>("Writes a date as a text, and reads it.", () => new()),
                (rule, text) => rule with { Format = text }, (rule, text) => rule with { Culture = text })),
            Kind(Formatting(New<DateTimeFormattingRule>("Writes an instant as a text, and reads it.", () => new()),
                (rule, text) => rule with { Format = text }, (rule, text) => rule with { Culture = text })),
            Kind(Formatting(New<DecimalFormattingRule>("Writes a number as a text, and reads it.", () => new()),
                (rule, text) => rule with { Format = text }, (rule, text) => rule with { Culture = text })),
            Kind(Round()),
            Kind(New<ExtractFromDateRule>("Keeps a part of a date.", () => new() { Part = default })
                .With("part", "The part.", ChoiceForm<DatePart>.Instance, rule => rule.Part,
                    (rule, part) => rule with { Part = part }, isRequired: true))),
        () => null!);

    // The kinds have the names of their types without the end.
    private static ObjectKind<ITransformationRule, T> Kind<T>(ObjectForm<T> form)
        where T : class, ITransformationRule => new(form.Checked(Check)) { Name = NameOf<T>() };

    private static string NameOf<T>() => typeof(T).Name[..^"Rule".Length];

    private static void Check<T>(Node node, T rule, Reading reading)
        where T : class, ITransformationRule
    {
        foreach (var problem in rule.FindProblems())
        {
            reading.Add(node, $"is a rule that cannot be used, because {problem}.");
        }
    }

    private static ObjectForm<T> New<T>(string description, Func<T> blank)
        where T : class, ITransformationRule =>
        new($"{char.ToLowerInvariant(typeof(T).Name[0])}{typeof(T).Name[1..]}", description, blank);

    private static ObjectForm<T> WithCulture<T>(ObjectForm<T> form, Func<T, string, T> set)
        where T : CultureRule => form.With(
            "culture", "The culture, such as nl-NL; empty, the default, for none.", AnyTextForm.Instance, rule => rule.Culture, set);

    private static ObjectForm<T> Formatting<T>(
        ObjectForm<T> form, Func<T, string?, T> setFormat, Func<T, string, T> setCulture)
        where T : FormattingRule => WithCulture(form, setCulture).With(
            "format", "The format of .NET; null for that of the culture.", OptionalTextForm.Instance, rule => rule.Format, setFormat);

    private static ObjectForm<T> Regex<T>(ObjectForm<T> form, Func<T, string, T> setPattern, Func<T, bool, T> setCase)
        where T : RegexRule => form
            .With("pattern", "The regular expression.", AnyTextForm.Instance, rule => rule.Pattern, setPattern, isRequired: true)
            .With("isCaseSensitive", "Whether letter case matters.", BooleanForm.Instance, rule => rule.IsCaseSensitive, setCase);

    private static ObjectForm<RegexReplaceRule> RegexReplace() =>
        Regex(New<RegexReplaceRule>("Replaces what a pattern finds.", () => new() { Pattern = string.Empty }),
            (rule, text) => rule with { Pattern = text }, (rule, matters) => rule with { IsCaseSensitive = matters })
            .With("replacement", "The text to put in its place.", AnyTextForm.Instance, rule => rule.Replacement,
                (rule, text) => rule with { Replacement = text });

    private static ObjectForm<ReplaceRule> Replace() =>
        New<ReplaceRule>("Replaces a text within a text.", () => new() { Find = string.Empty })
            .With("find", "The text to replace.", AnyTextForm.Instance, rule => rule.Find,
                (rule, text) => rule with { Find = text }, isRequired: true)
            .With("replacement", "The text to put in its place.", AnyTextForm.Instance, rule => rule.Replacement,
                (rule, text) => rule with { Replacement = text });

    private static ObjectForm<SubstringRule> Substring() => New<SubstringRule>("Keeps a part of a text.", () => new())
        .With("startPosition", "The first character to keep, from 1.", OptionalNumberForm.Instance, rule => rule.StartPosition,
            (rule, position) => rule with { StartPosition = position })
        .With("length", "The number of characters to keep.", OptionalNumberForm.Instance, rule => rule.Length,
            (rule, length) => rule with { Length = length })
        .With("startingText", "The text after which to begin.", OptionalTextForm.Instance, rule => rule.StartingText,
            (rule, text) => rule with { StartingText = text })
        .With("endingText", "The text before which to end.", OptionalTextForm.Instance, rule => rule.EndingText,
            (rule, text) => rule with { EndingText = text });

    private static ObjectForm<RoundRule> Round() => New<RoundRule>("Rounds a number.", () => new() { Precision = 0 })
        .With("precision", "The multiple to which to round, such as 0.01.", DecimalForm.Instance, rule => rule.Precision,
            (rule, precision) => rule with { Precision = precision }, isRequired: true)
        .With("direction", "Where to round. The default is Nearest.", ChoiceForm<RoundingDirection>.Instance,
            rule => rule.Direction, (rule, direction) => rule with { Direction = direction });
}
