namespace Dataverse.Sync.Simulation;

/// <summary>What the journals must hold: the intents that a commit stored and that none has settled since.</summary>
internal sealed class JournalBook
{
    private readonly Dictionary<MappingKey, HashSet<Guid>> open = [];

    /// <summary>Records a commit that was carried out.</summary>
    public void Note(StoreCommit commit)
    {
        var intents = open.TryGetValue(commit.Lease.Key, out var known) ? known : open[commit.Lease.Key] = [];
        intents.ExceptWith(commit.RemovedIntents);
        intents.UnionWith(commit.Intents.Select(intent => intent.Id));
    }

    /// <summary>I18: a journal lists every open intent, and none that is settled.</summary>
    public void Check(MappingKey key, IReadOnlyList<Intent> listed)
    {
        var expected = open.GetValueOrDefault(key) ?? [];
        if (listed.Count != expected.Count || !expected.SetEquals(listed.Select(intent => intent.Id)))
        {
            throw new InvariantViolationException("I18", $"The journal of {key.Mapping} lists {listed.Count} intents; {expected.Count} are open.");
        }
    }
}
