namespace Dataverse.Sync.Execution;

/// <summary>
/// Finds the waiting records of a mapping that wait for each other, directly or through records of other mappings.
/// Reading the store costs no request.
/// </summary>
internal sealed class CircleSearch(RunSettings settings, MappingCouplings couplings)
{
    private List<(string Mapping, RecordFailure Failure)>? elsewhere;

    /// <summary>Finds the circles.</summary>
    /// <param name="waiting">The waiting records of the mapping.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// All records of the circles, and those of the mapping to try: records whose reference can be set later, and records
    /// in whose circle no reference can.
    /// </returns>
    public async Task<(HashSet<RecordInMapping> Members, List<RecordFailure> Due)> FindAsync(
        IReadOnlyList<RecordFailure> waiting, CancellationToken cancellationToken)
    {
        var created = await FindCreatedAsync(waiting, cancellationToken).ConfigureAwait(false);
        var name = settings.Mapping.Name;
        var waits = waiting.Where(failure => !created.Contains(failure.Record))
            .Select(failure => (Mapping: name, Failure: failure))
            .Concat(await ListElsewhereAsync(waiting, cancellationToken).ConfigureAwait(false))
            .ToList();
        var members = ReferenceCircles.Find([.. waits.SelectMany(EdgesOf)]);
        var firm = waits.Where(wait => !CanBePostponed(wait.Mapping, wait.Failure));
        var stuck = members.Count == 0 ? [] : ReferenceCircles.Find([.. firm.SelectMany(EdgesOf)]);
        var due = waiting.Where(failure => IsDue(failure, members, stuck)).ToList();
        return (members, due);
    }

    private bool IsDue(RecordFailure failure, HashSet<RecordInMapping> members, HashSet<RecordInMapping> stuck)
    {
        var name = settings.Mapping.Name;
        var node = new RecordInMapping(name, failure.Record);
        return members.Contains(node)
            && (CanBePostponed(name, failure)
                || (stuck.Contains(node) && failure.Error.Code != SyncErrorCodes.ReferenceCircle));
    }

    // A record that exists on both sides holds nobody back.
    private async Task<HashSet<RecordKey>> FindCreatedAsync(
        IReadOnlyList<RecordFailure> waiting, CancellationToken cancellationToken)
    {
        var created = new HashSet<RecordKey>();
        foreach (var group in waiting.GroupBy(failure => failure.Record.Side, failure => failure.Record.Id))
        {
            var coupled = await couplings.FindAllAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false);
            created.UnionWith(coupled.Select(coupling => new RecordKey(group.Key, coupling.IdOf(group.Key))));
        }

        return created;
    }

    private async Task<List<(string Mapping, RecordFailure Failure)>> ListElsewhereAsync(
        IReadOnlyList<RecordFailure> waiting, CancellationToken cancellationToken)
    {
        if (elsewhere is not null || waiting.All(failure => EdgesOf((settings.Mapping.Name, failure)).All(IsOwn)))
        {
            return elsewhere ?? [];
        }

        elsewhere = [];
        foreach (var other in settings.Circle.Where(other => !IsOwn(other)))
        {
            var stored = couplings.ListFailuresInAsync(other, cancellationToken);
            await foreach (var failure in stored.ConfigureAwait(false))
            {
                if (failure is { State: RecordFailureState.Waiting, Awaited: not null })
                {
                    elsewhere.Add((couplings.Mappings[other].Name, failure));
                }
            }
        }

        return elsewhere;
    }

    private IEnumerable<(RecordInMapping Waiter, RecordInMapping Awaited)> EdgesOf(
        (string Mapping, RecordFailure Failure) wait)
    {
        var waiter = new RecordInMapping(wait.Mapping, wait.Failure.Record);
        var awaited = wait.Failure.Awaited!;
        return awaited.Mappings.Select(mapping => (waiter, new RecordInMapping(NameOf(mapping), awaited.Record)));
    }

    private string NameOf(string mapping) => couplings.Mappings.GetValueOrDefault(mapping)?.Name ?? mapping;

    private bool IsOwn((RecordInMapping Waiter, RecordInMapping Awaited) edge) => IsOwn(edge.Awaited.Mapping);

    private bool IsOwn(string mapping) =>
        string.Equals(mapping, settings.Mapping.Name, StringComparison.OrdinalIgnoreCase);

    private bool CanBePostponed(string mapping, RecordFailure failure)
    {
        var fields = couplings.Mappings.GetValueOrDefault(mapping)?.Fields ?? [];
        var field = Array.Find(fields, field => field.Mapping.Key.Value == failure.Error.Field);
        return field?.CanBePostponed(failure.Record.Side.Opposite()) != false;
    }
}
