namespace Dataverse.Sync.Execution;

/// <summary>
/// Sets aside the pairs whose plan overwrites a value with nothing, until the run knows how many they are.
/// </summary>
internal sealed class BlankingGuard(RunSettings settings)
{
    private readonly Dictionary<Guid, RecordKey> setAside = [];

    /// <summary>Whether pairs are no longer set aside.</summary>
    public bool IsOpen { get; private set; } = settings.Options.AllowsMassBlanking;

    /// <summary>The source record of each pair that was set aside.</summary>
    public IReadOnlyCollection<RecordKey> SetAside => setAside.Values;

    /// <summary>Whether the pair of a local record was set aside.</summary>
    public bool HasSetAside(Guid localId) => setAside.ContainsKey(localId);

    /// <summary>Lets every pair through from now on.</summary>
    public void Open() => IsOpen = true;

    /// <summary>Sets aside the pairs that lose a value, and returns the others and these.</summary>
    public (List<PlannedPair> Kept, IReadOnlyList<PlannedPair> Aside) Divide(List<PlannedPair> planned)
    {
        if (IsOpen)
        {
            return (planned, []);
        }

        var kept = planned;
        var aside = new List<PlannedPair>();
        for (var index = 0; index < planned.Count; index++)
        {
            var pair = planned[index].Pair;
            if (pair is { Coupling: { } coupling, IsNewlyCoupled: false }
                && BlankingRules.Blanks(settings.Mapping, planned[index]))
            {
                setAside[coupling.LocalId] = pair.Key;
                aside.Add(planned[index]);
                kept = ReferenceEquals(kept, planned) ? planned[..index] : kept;
            }
            else if (!ReferenceEquals(kept, planned))
            {
                kept.Add(planned[index]);
            }
        }

        return (kept, aside);
    }
}
