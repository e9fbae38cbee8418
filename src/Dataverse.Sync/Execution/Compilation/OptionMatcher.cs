namespace Dataverse.Sync.Execution;

/// <summary>Finds the options of one side that belong to those of the other.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class OptionMatcher
{
    private readonly OptionMapping mapping;
    private readonly OptionList source;
    private readonly OptionList target;
    private readonly SyncSide side;
    private readonly HashSet<FieldValue> claimed;
    private readonly Dictionary<FieldValue, FieldValue?> known = [];

    /// <summary>Initializes a new instance of the <see cref="OptionMatcher"/> class.</summary>
    /// <param name="mapping">The settings.</param>
    /// <param name="lists">The options of both sides.</param>
    /// <param name="side">The side whose options are found.</param>
    public OptionMatcher(OptionMapping mapping, Sides<OptionList> lists, SyncSide side)
    {
        (this.mapping, this.side) = (mapping, side);
        (source, target) = (lists[side.Opposite()], lists[side]);
        claimed = [.. mapping.Pairs.Select(pair => target.Find(pair.On(side))?.Value).OfType<FieldValue>()];
        foreach (var option in source.Options)
        {
            _ = known.TryAdd(option.Value, Counterpart(option));
        }
    }

    /// <summary>The options of the source that have no counterpart.</summary>
    public IEnumerable<ChoiceOption> Unmapped => source.Options.Where(option => known[option.Value] is null);

    /// <summary>Returns the option of the side that belongs to one of the other.</summary>
    /// <exception cref="UnmappedValueException">There is none, and no default.</exception>
    public FieldValue Convert(FieldValue value)
    {
        if (value.IsBlank)
        {
            return value;
        }

        return known.TryGetValue(value, out var found) && found is { } counterpart ? counterpart : ConvertOther(value);
    }

    // A method of its own, because its closures would be allocated for every value.
    private FieldValue ConvertOther(FieldValue value) =>
        known.ContainsKey(value) ? Default(() => NoCounterpart(value))
            : source.IsOpen ? Counterpart(new(value, value.ToString())) ?? Default(() => NoCounterpart(null))
            : source.ZeroIsBlank && value.Kind == FieldValueKind.Integer && value.AsInteger() == 0 ? FieldValue.Blank
            : source.Find(value) is { } option ? known[option.Value] ?? Default(() => NoCounterpart(option.Value))
            : Default(() => $"the value is not among the options of {source.Place}, which are {NamesOf(source)}.");

    private FieldValue? Counterpart(ChoiceOption option) =>
        mapping.Pairs.FirstOrDefault(pair => IsNamedBy(option, pair.On(side.Opposite()))) is { } pair ? Named(pair.On(side))
        : string.IsNullOrWhiteSpace(option.Label) ? FieldValue.Blank
        : target.IsOpen ? FieldValue.Text(option.Label)
        : Unclaimed(WithLabelOf(option)) ?? Unclaimed(WithCutLabelOf(option)) ?? Unclaimed(WithNumberOf(option));

    private FieldValue? Named(FieldValue named) => named.IsBlank || target.IsOpen ? named : target.Find(named)?.Value;

    private static bool IsNamedBy(ChoiceOption option, FieldValue named) =>
        option.Value == named || IsSame(option.Value.ToString(), named) || IsSame(option.Label, named)
            || option.OtherLabels.Any(label => IsSame(label, named));

    private static bool IsSame(string text, FieldValue named) => string.Equals(
        OptionList.Comparable(text), OptionList.Comparable(named.ToString()), StringComparison.OrdinalIgnoreCase);

    private ChoiceOption? WithLabelOf(ChoiceOption option) => target.WithLabel(option.Label)
        ?? option.OtherLabels.Select(target.WithLabel).FirstOrDefault(found => found is not null);

    // A code holds only the start of a longer label. Two labels with the same start are not told apart.
    private ChoiceOption? WithCutLabelOf(ChoiceOption option)
    {
        if ((source.MaxLength ?? target.MaxLength) is not { } longest)
        {
            return null;
        }

        var wanted = Cut(option.Label, longest);
        var found = target.Options.Where(other => IsCutLabel(other.Label, wanted, longest)).Take(2).ToList();
        return found.Count == 1
            && source.Options.Count(other => IsCutLabel(other.Label, wanted, longest)) <= 1
                ? found[0]
                : null;
    }

    private static bool IsCutLabel(string label, string wanted, int longest) =>
        string.Equals(Cut(label, longest), wanted, StringComparison.OrdinalIgnoreCase);

    private static string Cut(string label, int longest)
    {
        var text = OptionList.Comparable(label);
        return text.Length <= longest ? text : TextForm.Cut(text, longest).TrimEnd();
    }

    private ChoiceOption? WithNumberOf(ChoiceOption option) =>
        target.WithNumber(option.Label) ?? target.WithLabel(option.Value.ToString());

    private FieldValue? Unclaimed(ChoiceOption? option) =>
        option is null || claimed.Contains(option.Value) ? null : option.Value;

    private FieldValue Default(Func<string> problem) =>
        mapping.WhenUnmapped == UnmappedValuePolicy.UseDefault && mapping.DefaultFor(side) is { } fallback
            && Named(fallback) is { } found
                ? found
                : throw new UnmappedValueException(problem(), mapping.WhenUnmapped == UnmappedValuePolicy.LeaveOut);

    // The text of an open field may be about a person, and is not named.
    private string NoCounterpart(FieldValue? option)
    {
        var name = option is { } named && source.WithValue(named) is { } found ? $"'{found.Label}'" : "the value";
        return $"{target.Place} has no option for {name}. Its options are {NamesOf(target)}.";
    }

    private static string NamesOf(OptionList list) => ValueNames.Of(list.Options.Select(option => option.Label));
}
