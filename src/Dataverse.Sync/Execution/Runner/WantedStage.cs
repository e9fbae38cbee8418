namespace Dataverse.Sync.Execution;

/// <summary>Processes the coupled records that a rule wants to be looked at although they did not change.</summary>
internal sealed class WantedStage(
    RunSettings settings, MappingCouplings couplings, RuleRunner rules, WantedRecords wanted, NamedRecordReader reader)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (settings.OnlyMatches)
        {
            return;
        }

        var found = await rules.FindWantedAsync(settings.Kind, cancellationToken).ConfigureAwait(false);
        foreach (var side in found.GroupBy(record => record.Side, record => record.Id))
        {
            var coupled = await couplings.FindAllAsync(side.Key, [.. side.Distinct()], cancellationToken)
                .ConfigureAwait(false);
            var ids = coupled.ConvertAll(coupling => coupling.IdOf(side.Key));
            wanted.AddRange(ids.Select(id => new RecordKey(side.Key, id)));
            _ = await reader.ProcessAsync(side.Key, ids, mayBeGone: false, cancellationToken).ConfigureAwait(false);
        }
    }
}
