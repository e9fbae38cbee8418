namespace Dataverse.Sync.Execution;

/// <summary>Chooses the ids of new records, in systems that let the engine choose them.</summary>
internal sealed class NewIds(RunSettings settings, MappingCouplings couplings)
{
    // A record is created again once per deletion of its partner, so that no real record comes near the limit.
    private const int MaximumAttempts = 1_000;

    private readonly CompiledMapping mapping = settings.Mapping;
    private readonly Dictionary<RecordKey, Guid> chosen = [];

    /// <summary>Chooses the ids of a page for <see cref="IdFor"/>. Does nothing if ids are not derived.</summary>
    public async Task PrepareAsync(IReadOnlyList<PlannedPair> page, CancellationToken cancellationToken)
    {
        chosen.Clear();
        if (settings.NewRecordIds != NewRecordIds.DerivedFromSource)
        {
            return;
        }

        foreach (var source in Sides.Both.Where(source => mapping.Schema(source.Opposite()).KeepsChosenIds))
        {
            var pairs = page
                .Where(planned => planned.Plan.Outcome == PlanOutcome.Inserted && planned.Pair.Source == source)
                .Select(planned => planned.Pair)
                .ToList();
            await PrepareAsync(pairs, source.Opposite(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The id of the record that is created for a pair.</summary>
    public Guid IdFor(Pair pair) => chosen.TryGetValue(pair.Key, out var id) ? id : settings.NewId();

    // An id that a coupling holds belongs to the partner of another record, or to the one that is created again.
    private async Task PrepareAsync(List<Pair> pairs, SyncSide target, CancellationToken cancellationToken)
    {
        var open = pairs.ConvertAll(pair => (Pair: pair, Attempt: FirstAttempt(pair, target)));
        while (open.Count > 0)
        {
            foreach (var (pair, attempt) in open)
            {
                chosen[pair.Key] = Derive(pair, target, attempt);
            }

            var ids = open.ConvertAll(entry => chosen[entry.Pair.Key]);
            var held = (await couplings.FindAllAsync(target, ids, cancellationToken).ConfigureAwait(false))
                .Select(coupling => coupling.IdOf(target))
                .ToHashSet();
            open = [.. open
                .Where(entry => held.Contains(chosen[entry.Pair.Key]) && entry.Attempt < MaximumAttempts)
                .Select(entry => (entry.Pair, entry.Attempt + 1))];
        }
    }

    // A deleted record may be in a recycle bin, which could not restore it if its id were used again.
    private int FirstAttempt(Pair pair, SyncSide target)
    {
        if (pair.Restores?.IdOf(target) is not { } deleted)
        {
            return 0;
        }

        for (var attempt = 0; attempt < MaximumAttempts; attempt++)
        {
            if (Derive(pair, target, attempt) == deleted)
            {
                return attempt + 1;
            }
        }

        return 0;
    }

    private Guid Derive(Pair pair, SyncSide target, int attempt) => NamedGuid.Create(string.Join(
        '\n', couplings.Scope, mapping.Schema(pair.Source).Name, pair.SourceRecord.Id, mapping.Schema(target).Name, attempt));
}
