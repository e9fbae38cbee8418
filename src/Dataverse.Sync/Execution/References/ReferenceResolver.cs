namespace Dataverse.Sync.Execution;

/// <summary>
/// Translates the references of a page: collects them, resolves all of them in a few bulk reads, and keeps the results
/// for the planner.
/// </summary>
/// <remarks>
/// Results are kept for the run. Missing targets are requested again with the next page, because they may exist by
/// then.
/// </remarks>
internal sealed class ReferenceResolver : IReferenceTranslator
{
    private readonly CompiledMapping mapping;
    private readonly Dictionary<ReferenceQuestion, Translation> translations = [];
    private readonly ToIntegrationResolver toIntegration;
    private readonly ToLocalResolver toLocal;
    private readonly TableLookups lookups;
    private readonly OptionTables options;
    private readonly PostponedReferences postponed;

    public ReferenceResolver(
        CompiledMapping mapping,
        MappingTables tables,
        MappingCouplings couplings,
        RuleRunner rules,
        PostponedReferences postponed,
        PreviewRecorder? preview)
    {
        (this.mapping, this.postponed) = (mapping, postponed);
        var blanks = new BlankReferences(tables, couplings, rules, preview);
        toIntegration = new(mapping, tables, couplings, blanks);
        toLocal = new(mapping, tables, couplings, blanks, preview);
        (lookups, options) = (new(tables.Systems, mapping), new(tables.Systems, mapping));
    }

    public Translation Translate(CompiledField field, FieldValue value, SyncSide target)
    {
        if (field.Mapping.Options is not null && options.Find(field, target) is { } matcher)
        {
            return Translation.To(field.Fit(matcher.Convert(value), target));
        }

        if (translations.TryGetValue(new(field.Index, value, target), out var translation))
        {
            return translation.Awaited is { } awaited && postponed.Contains(awaited)
                ? translation with { IsOfCircle = true }
                : translation;
        }

        return value.IsBlank && field.Mapping.Lookup?.Blank is null
            ? Translation.To(FieldValue.Blank)
            : Translation.Failed(NotTranslated(field.Mapping.Key.Value));
    }

    /// <summary>Forgets every translation, because some of them lead to records that are gone or have another partner.</summary>
    public void Forget() => translations.Clear();

    public async Task PrepareAsync(IReadOnlyList<Pair> pairs, CancellationToken cancellationToken)
    {
        foreach (var field in mapping.Fields)
        {
            if (!field.IsResolved)
            {
                continue;
            }

            foreach (var target in Sides.Both)
            {
                var values = Untranslated(field, target, pairs);
                if (values.Count == 0)
                {
                    continue;
                }

                if (field.Mapping.Options is not null)
                {
                    await options.LoadAsync(field, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                foreach (var (value, translation) in await ResolveAsync(field, values, target, cancellationToken)
                    .ConfigureAwait(false))
                {
                    translations[new(field.Index, value, target)] = translation;
                }
            }
        }
    }

    private async Task<Dictionary<FieldValue, Translation>> ResolveAsync(
        CompiledField field, HashSet<FieldValue> values, SyncSide target, CancellationToken cancellationToken) =>
        field.Mapping.TableLookup is not null
            ? await lookups.ResolveAsync(field, values, target, cancellationToken).ConfigureAwait(false)
        : target == SyncSide.Integration
            ? await toIntegration.ResolveAsync(field, values, cancellationToken).ConfigureAwait(false)
        : await toLocal.ResolveAsync(field, values, cancellationToken).ConfigureAwait(false);

    private HashSet<FieldValue> Untranslated(CompiledField field, SyncSide target, IReadOnlyList<Pair> pairs)
    {
        var values = new HashSet<FieldValue>();
        foreach (var pair in field.Reaches(target) ? pairs : [])
        {
            if (pair.On(target.Opposite()) is not { } record || !IsNeeded(field, target, pair))
            {
                continue;
            }

            var value = mapping.View(target.Opposite(), record)[field];
            if (!translations.TryGetValue(new(field.Index, value, target), out var known) || !known.IsTranslated)
            {
                _ = values.Add(value);
            }
        }

        return values;
    }

    // A field that is unchanged on both sides needs no translation.
    private bool IsNeeded(CompiledField field, SyncSide target, Pair pair)
    {
        if (pair.On(target) is null)
        {
            return true;
        }

        var known = mapping.View(pair.Base);
        return IsChanged(SyncSide.Local) || IsChanged(SyncSide.Integration);

        bool IsChanged(SyncSide side) =>
            field.CanRead(side) && !mapping.View(side, pair.On(side)!).Holds(field, known.Of(side, field));
    }

    private static SyncError NotTranslated(string key) =>
        new(SyncErrorCodes.ReferenceNotFound, $"The reference in field mapping '{key}' could not be translated.", key);

    private readonly record struct ReferenceQuestion(int Field, FieldValue Value, SyncSide Target);
}
