namespace Dataverse.Sync.Execution;

/// <summary>Checks the value table, the options, and the table look-up of a field mapping, without any schema.</summary>
internal sealed class ValueMapCheck(IIntegrationTableMapping table, IFieldMapping field)
{
    public IEnumerable<string> FindProblems() =>
    [
        .. CombinationProblems(),
        .. field.Converter is ValueTable values ? ProblemsOf("value table", values.Pairs, values.WhenUnmapped, values.DefaultFor) : [],
        .. field.Options is { } options ? OptionProblems(options) : [],
        .. field.TableLookup is { } lookup ? PolicyProblems("table look-up", lookup.WhenUnmapped, lookup.DefaultFor) : [],
    ];

    /// <summary>Pairs of which only the first counts on the way to the local side.</summary>
    public IEnumerable<string> FindWarnings()
    {
        var pairs = (field.Converter as ValueTable)?.Pairs ?? field.Options?.Pairs ?? [];
        if (Reaches(SyncSide.Integration) && Reaches(SyncSide.Local)
            && Ambiguous(pairs, SyncSide.Local) is { Count: > 0 } several)
        {
            yield return $"field mapping '{field.Key}' pairs {ValueNames.Of(several)} with several local values. The first of "
                + "them is used on the way to the local side.";
        }
    }

    private IEnumerable<string> CombinationProblems()
    {
        string?[] named =
        [
            field.Lookup is null ? null : "a lookup",
            field.Converter is null ? null : "a converter",
            field.Options is null ? null : "options",
            field.TableLookup is null ? null : "a table look-up",
            field.Options is not null && Sides.Both.Any(side => field.TransformationsTo(side).Count > 0)
                ? "transformation rules"
                : null,
        ];
        var together = named.OfType<string>().ToList();
        if (together.Count > 1)
        {
            yield return $"field mapping '{field.Key}' has {string.Join(" and ", together)}; only one of them is possible.";
        }

        if ((field.Options is not null || field.TableLookup is not null)
            && (field.LocalField is null || field.IntegrationField is null))
        {
            yield return $"field mapping '{field.Key}' is a constant, which has no options and is not looked up.";
        }
    }

    private IEnumerable<string> OptionProblems(OptionMapping options) =>
    [
        .. ProblemsOf("option mapping", options.Pairs, options.WhenUnmapped, options.DefaultFor),
        .. options.WhenUnmapped == UnmappedValuePolicy.PassOn
            ? [$"the option mapping of field mapping '{field.Key}' cannot pass on an option that has no counterpart."]
            : Array.Empty<string>(),
    ];

    private IEnumerable<string> ProblemsOf(
        string place, IReadOnlyList<ValuePair> pairs, UnmappedValuePolicy policy, Func<SyncSide, FieldValue?> defaultFor)
    {
        var several = Reaches(SyncSide.Integration) ? Ambiguous(pairs, SyncSide.Integration)
            : Reaches(SyncSide.Local) ? Ambiguous(pairs, SyncSide.Local)
            : [];
        if (several.Count > 0)
        {
            var source = Reaches(SyncSide.Integration) ? SyncSide.Local : SyncSide.Integration;
            yield return $"the {place} of field mapping '{field.Key}' pairs the {source.Word()} value {ValueNames.Of(several)} "
                + "with several values of the other side.";
        }

        foreach (var problem in PolicyProblems(place, policy, defaultFor))
        {
            yield return problem;
        }
    }

    private IEnumerable<string> PolicyProblems(
        string place, UnmappedValuePolicy policy, Func<SyncSide, FieldValue?> defaultFor)
    {
        if (!Enum.IsDefined(policy))
        {
            yield return $"the policy for unmapped values of the {place} of field mapping '{field.Key}' is not defined.";
        }

        foreach (var side in policy == UnmappedValuePolicy.UseDefault ? Sides.Both : [])
        {
            if (Reaches(side) && defaultFor(side) is null)
            {
                yield return $"the {place} of field mapping '{field.Key}' uses a default, but names none for the "
                    + $"{side.Word()} side.";
            }
        }
    }

    // Values of the other side that occur in several pairs with different values of the target.
    private static List<string> Ambiguous(IReadOnlyList<ValuePair> pairs, SyncSide target) =>
    [
        .. pairs.GroupBy(pair => ValueTable.KeyOf(pair.On(target.Opposite())), StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Select(pair => ValueTable.KeyOf(pair.On(target)))
                .Distinct(StringComparer.OrdinalIgnoreCase).Count() > 1)
            .Select(group => group.Key),
    ];

    private bool Reaches(SyncSide side) => table.Direction.ReachesSide(side) && field.Direction.ReachesSide(side);
}
