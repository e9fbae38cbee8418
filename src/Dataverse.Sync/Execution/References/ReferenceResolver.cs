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
    private readonly bool isPreview;

    public ReferenceResolver(
        CompiledMapping mapping,
        MappingTables tables,
        MappingCouplings couplings,
        RuleRunner rules,
        PostponedReferences postponed,
        PreviewRecorder? preview)
    {
        (this.mapping, this.postponed, isPreview) = (mapping, postponed, preview is not null);
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
        var open = mapping.Fields.Where(field => field.IsResolved)
            .SelectMany(field => Sides.Both.Select(target => new OpenField(field, target, Untranslated(field, target, pairs))))
            .Where(item => item.Values.Count > 0)
            .ToList();
        var ofOptions = open.FindAll(item => item.Field.Mapping.Options is not null);
        var ofTables = open.FindAll(item => item.Field.Mapping is { Options: null, TableLookup: not null });
        var linked = open.FindAll(item => item.Field.Mapping is { Options: null, TableLookup: null });

        // The reads of the three kinds do not need each other.
        var loading = ofOptions.Count == 0
            ? Task.CompletedTask
            : options.LoadAsync(ofOptions.Select(item => item.Field), cancellationToken);
        var lookingUp = Task.WhenAll(ofTables.Select(item =>
            lookups.ResolveAsync(item.Field, item.Values, item.Target, cancellationToken)));
        if (isPreview)
        {
            // A preview notes the records that it would create for blank references, and every read of it looks there.
            await Task.WhenAll(loading, lookingUp).ConfigureAwait(false);
        }

        var following = FollowAsync(linked, cancellationToken);
        await Task.WhenAll(loading, lookingUp, following).ConfigureAwait(false);
        Keep(ofTables.Zip(await lookingUp.ConfigureAwait(false)));
        Keep(linked.Zip(await following.ConfigureAwait(false)));
    }

    // One after the other: two fields may stand for the same record, which is created once.
    private async Task<List<Dictionary<FieldValue, Translation>>> FollowAsync(
        List<OpenField> fields, CancellationToken cancellationToken)
    {
        var found = new List<Dictionary<FieldValue, Translation>>(fields.Count);
        foreach (var (field, target, values) in fields)
        {
            found.Add(target == SyncSide.Integration
                ? await toIntegration.ResolveAsync(field, values, cancellationToken).ConfigureAwait(false)
                : await toLocal.ResolveAsync(field, values, cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    private void Keep(IEnumerable<(OpenField Field, Dictionary<FieldValue, Translation> Found)> resolved)
    {
        foreach (var ((field, target, _), found) in resolved)
        {
            foreach (var (value, translation) in found)
            {
                translations[new(field.Index, value, target)] = translation;
            }
        }
    }

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

    /// <summary>The values of a field that are not translated yet.</summary>
    private readonly record struct OpenField(CompiledField Field, SyncSide Target, HashSet<FieldValue> Values);

    private readonly record struct ReferenceQuestion(int Field, FieldValue Value, SyncSide Target);
}
