namespace Dataverse.Sync.Execution;

/// <summary>Finds out which waiting records need not wait any longer. Reading the store costs no request.</summary>
internal sealed class AwaitedCouplings(MappingCouplings couplings)
{
    /// <summary>Returns the records of failures that wait for a coupling which exists.</summary>
    public async Task<HashSet<RecordKey>> FindResolvableAsync(
        IEnumerable<RecordFailure> failures, CancellationToken cancellationToken)
    {
        var waiting = failures.Where(failure => failure.Awaited is not null).SelectMany(failure =>
            failure.Awaited!.All().SelectMany(awaited => awaited.Mappings.Select(mapping =>
                (Mapping: mapping, awaited.Record, Waiter: failure.Record))));
        var resolvable = new HashSet<RecordKey>();
        foreach (var group in waiting.GroupBy(item => (item.Mapping, item.Record.Side)).ToList())
        {
            var (mapping, side) = group.Key;
            var ids = group.Select(item => item.Record.Id).Distinct().ToList();
            var coupled = await couplings.FindInAsync(mapping, side, ids, cancellationToken).ConfigureAwait(false);
            var found = coupled.Select(coupling => coupling.IdOf(side)).ToHashSet();
            resolvable.UnionWith(group.Where(item => found.Contains(item.Record.Id)).Select(item => item.Waiter));
        }

        return resolvable;
    }
}
