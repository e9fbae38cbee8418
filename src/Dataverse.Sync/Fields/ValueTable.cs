using System.Collections.Frozen;

namespace Dataverse.Sync;

/// <summary>Converts values by a table of pairs, such as the codes of two systems for the same thing.</summary>
/// <remarks>
/// <para>Values are compared as texts, without regard to letter case and surrounding blanks, so a number equals its text. The
/// value of a choice is found by its value or by its label.</para>
/// <para>A table in which each value occurs once round-trips. Where an integration value occurs several times, the first
/// pair counts on the way to the local side. A local value must occur only once, unless the field is synchronized to the
/// local side only. A blank that is not in the table stays blank. Immutable and safe for concurrent use.</para>
/// </remarks>
public sealed class ValueTable : IFieldConverter
{
    private readonly Sides<FrozenDictionary<string, FieldValue>> targets;

    /// <summary>Initializes a new instance of the <see cref="ValueTable"/> class.</summary>
    /// <param name="pairs">The pairs.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pairs"/> is null or contains null.</exception>
    public ValueTable(params IEnumerable<ValuePair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Pairs = [.. pairs];
        if (Pairs.Any(pair => pair is null))
        {
            throw new ArgumentNullException(nameof(pairs), "A pair is null.");
        }

        targets = Sides.Of(target => Pairs
            .DistinctBy(pair => KeyOf(pair.On(target.Opposite())), StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(
                pair => KeyOf(pair.On(target.Opposite())), pair => pair.On(target), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The pairs.</summary>
    public IReadOnlyList<ValuePair> Pairs { get; }

    /// <summary>What happens to a value that is not in the table.</summary>
    /// <value>The default is <see cref="UnmappedValuePolicy.Fail"/>.</value>
    public UnmappedValuePolicy WhenUnmapped { get; init; }

    /// <summary>
    /// The integration value for a local value that is not in the table, with <see cref="UnmappedValuePolicy.UseDefault"/>;
    /// null if there is none.
    /// </summary>
    public FieldValue? DefaultForIntegration { get; init; }

    /// <summary>
    /// The local value for an integration value that is not in the table, with <see cref="UnmappedValuePolicy.UseDefault"/>;
    /// null if there is none.
    /// </summary>
    public FieldValue? DefaultForLocal { get; init; }

    /// <inheritdoc/>
    public FieldValue ToIntegration(FieldValue local) => Convert(local, null, SyncSide.Integration);

    /// <inheritdoc/>
    public FieldValue ToLocal(FieldValue integration) => Convert(integration, null, SyncSide.Local);

    /// <summary>Converts a value, or, if the table does not contain it, one of its labels.</summary>
    internal FieldValue Convert(FieldValue value, ChoiceOption? option, SyncSide target)
    {
        var known = targets[target];
        if (known.TryGetValue(KeyOf(value), out var found))
        {
            return found;
        }

        foreach (var label in option is null ? [] : option.OtherLabels.Prepend(option.Label))
        {
            if (known.TryGetValue(label.Trim(), out found))
            {
                return found;
            }
        }

        return value.IsBlank ? value : Unmapped(value, target);
    }

    internal FieldValue? DefaultFor(SyncSide side) => side == SyncSide.Local ? DefaultForLocal : DefaultForIntegration;

    internal static string KeyOf(FieldValue value) => value.ToString().Trim();

    private FieldValue Unmapped(FieldValue value, SyncSide target) => WhenUnmapped switch
    {
        UnmappedValuePolicy.PassOn => value,
        UnmappedValuePolicy.UseDefault when DefaultFor(target) is { } fallback => fallback,
        _ => throw new UnmappedValueException(
            $"the table of values does not contain the value. It contains {ValueNames.Of(Pairs.Select(pair => KeyOf(pair.On(target.Opposite()))))}.",
            WhenUnmapped == UnmappedValuePolicy.LeaveOut),
    };
}
