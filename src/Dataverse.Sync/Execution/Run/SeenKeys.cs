namespace Dataverse.Sync.Execution;

/// <summary>
/// The ids that feeds and key scans of this engine have listed, so that a key scan finds new records that no feed
/// delivered. Kept in memory only: after a restart the first scan or the first whole feed begins anew.
/// </summary>
internal sealed class SeenKeys
{
    private readonly Dictionary<(string Mapping, SyncSide Side), IdSet> known;
    private readonly Lock gate;
    private readonly bool isReadOnly;

    public SeenKeys()
        : this([], new(), isReadOnly: false)
    {
    }

    private SeenKeys(Dictionary<(string Mapping, SyncSide Side), IdSet> known, Lock gate, bool isReadOnly) =>
        (this.known, this.gate, this.isReadOnly) = (known, gate, isReadOnly);

    /// <summary>The same ids for a preview, which adds nothing to them.</summary>
    public SeenKeys ForPreview() => new(known, gate, isReadOnly: true);

    /// <summary>Forgets what was listed and begins with these ids.</summary>
    public void Begin(string mapping, SyncSide side, IEnumerable<Guid> ids)
    {
        if (!isReadOnly)
        {
            lock (gate)
            {
                var listed = known[(mapping, side)] = new();
                Add(listed, ids);
            }
        }
    }

    /// <summary>Adds ids. Does nothing before the first <see cref="Begin"/>.</summary>
    public void Add(string mapping, SyncSide side, IEnumerable<Guid> ids)
    {
        lock (gate)
        {
            if (!isReadOnly && known.TryGetValue((mapping, side), out var listed))
            {
                Add(listed, ids);
            }
        }
    }

    /// <summary>Returns those of some ids that were not listed; none if nothing is known.</summary>
    public List<Guid> FindUnseen(string mapping, SyncSide side, IEnumerable<Guid> ids)
    {
        lock (gate)
        {
            return known.TryGetValue((mapping, side), out var listed) ? [.. ids.Where(id => !listed.Contains(id))] : [];
        }
    }

    private static void Add(IdSet listed, IEnumerable<Guid> ids)
    {
        foreach (var id in ids)
        {
            _ = listed.Add(id);
        }
    }
}
