namespace Dataverse.Sync.Execution;

/// <summary>Translates local references: value → local record → coupling → integration record.</summary>
internal sealed class ToIntegrationResolver(MappingRunContext run, BlankReferences blanks)
{
    private readonly LocalTargets targets = new(run);

    public async Task<Dictionary<FieldValue, Translation>> ResolveAsync(CompiledField field, HashSet<FieldValue> values, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<FieldValue, Translation>();
        if (values.Remove(FieldValue.Blank))
        {
            answers[FieldValue.Blank] = await blanks.ToIntegrationAsync(field, cancellationToken).ConfigureAwait(false);
        }

        if (values.Count == 0)
        {
            return answers;
        }

        var found = await targets.FindAsync(field.Mapping.Lookup!, values, cancellationToken).ConfigureAwait(false);
        var couplings = await FindCouplingsAsync(found.Values.SelectMany(list => list), cancellationToken).ConfigureAwait(false);
        foreach (var value in values)
        {
            answers[value] = Answer(field, found.GetValueOrDefault(value) ?? [], couplings);
        }

        return answers;
    }

    private Translation Answer(CompiledField field, IReadOnlyList<LocalTarget> candidates, Dictionary<LocalTarget, Guid> couplings)
    {
        foreach (var candidate in candidates)
        {
            if (couplings.TryGetValue(candidate, out var integrationId))
            {
                return Translation.To(FieldValue.Reference(integrationId, run.Mappings[candidate.Mapping].Integration.Name));
            }
        }

        var key = field.Mapping.Key.Value;
        if (candidates.Count > 0)
        {
            return Translation.Waiting(
                new(SyncErrorCodes.ReferenceNotCoupled, $"The record that field mapping '{key}' refers to must be coupled in mapping {candidates[0].Mapping}.", key),
                new(candidates[0].Mapping, new(SyncSide.Local, candidates[0].Id)));
        }

        var error = new SyncError(SyncErrorCodes.ReferenceNotFound, $"Field mapping '{key}' refers to a record that takes part in no mapping.", key);
        return field.Mapping.Lookup!.SkipsRecordWhenNotFound ? Translation.Skip(error) : Translation.Failed(error);
    }

    private async Task<Dictionary<LocalTarget, Guid>> FindCouplingsAsync(IEnumerable<LocalTarget> wanted, CancellationToken cancellationToken)
    {
        var couplings = new Dictionary<LocalTarget, Guid>();
        foreach (var group in wanted.Distinct().GroupBy(target => target.Mapping))
        {
            var found = await run.Store.FindAsync(run.KeyOf(group.Key), SyncSide.Local, [.. group.Select(target => target.Id)], cancellationToken).ConfigureAwait(false);
            foreach (var coupling in found)
            {
                couplings[new(group.Key, coupling.LocalId)] = coupling.IntegrationId;
            }
        }

        return couplings;
    }
}
