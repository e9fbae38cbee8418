namespace Dataverse.Sync.Execution;

/// <summary>Translates the references of a page: collects what is asked, answers all of it in a few bulk reads, and keeps the answers for the planner.</summary>
/// <remarks>Answers found are kept for the run; what is missing is asked again with the next page, since its target may have arrived meanwhile.</remarks>
internal sealed class ReferenceResolver : IReferenceTranslator
{
    private readonly MappingRunContext run;
    private readonly Dictionary<ReferenceQuestion, Translation> answers = [];
    private readonly ToIntegrationResolver toIntegration;
    private readonly ToLocalResolver toLocal;

    public ReferenceResolver(MappingRunContext run, RuleRunner rules)
    {
        this.run = run;
        var blanks = new BlankReferences(run, rules);
        toIntegration = new(run, blanks);
        toLocal = new(run, blanks);
    }

    public Translation Translate(CompiledField field, FieldValue value, SyncSide target)
    {
        if (answers.TryGetValue(new(field.Index, value, target), out var answer))
        {
            return answer;
        }

        return value.IsBlank && field.Mapping.Lookup!.Blank is null
            ? Translation.To(FieldValue.Blank)
            : Translation.Failed(new SyncError(SyncErrorCodes.ReferenceNotFound, $"The reference in field mapping '{field.Mapping.Key}' could not be translated.", field.Mapping.Key.Value));
    }

    public async Task PrepareAsync(IReadOnlyList<PairWork> works, CancellationToken cancellationToken)
    {
        foreach (var field in run.Mapping.Fields)
        {
            if (field.Mapping.Lookup is null)
            {
                continue;
            }

            foreach (var target in Sides.Both)
            {
                var values = Unanswered(field, target, works);
                if (values.Count == 0)
                {
                    continue;
                }

                var found = target == SyncSide.Integration
                    ? await toIntegration.ResolveAsync(field, values, cancellationToken).ConfigureAwait(false)
                    : await toLocal.ResolveAsync(field, values, cancellationToken).ConfigureAwait(false);
                foreach (var (value, translation) in found)
                {
                    answers[new(field.Index, value, target)] = translation;
                }
            }
        }
    }

    private HashSet<FieldValue> Unanswered(CompiledField field, SyncSide target, IReadOnlyList<PairWork> works)
    {
        var values = new HashSet<FieldValue>();
        foreach (var work in field.Reaches(target) ? works : [])
        {
            if (work.On(target.Opposite()) is not { } record || !IsNeeded(field, target, work))
            {
                continue;
            }

            var value = run.Mapping.View(target.Opposite(), record)[field];
            if (!answers.TryGetValue(new(field.Index, value, target), out var known) || !known.IsTranslated)
            {
                _ = values.Add(value);
            }
        }

        return values;
    }

    // A field that both sides still hold as synchronized needs no translation.
    private bool IsNeeded(CompiledField field, SyncSide target, PairWork work)
    {
        if (work.On(target) is null)
        {
            return true;
        }

        var known = run.Mapping.View(work.Base);
        return run.Mapping.View(SyncSide.Local, work.Local!).FingerprintOf(field) != known.Of(SyncSide.Local, field)
            || run.Mapping.View(SyncSide.Integration, work.Integration!).FingerprintOf(field) != known.Of(SyncSide.Integration, field);
    }

    private readonly record struct ReferenceQuestion(int Field, FieldValue Value, SyncSide Target);
}
