namespace Dataverse.Sync.Simulation;

/// <summary>What the users of one company did: the truth against which the invariants are checked.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<long, string> edits = [];
    private readonly HashSet<long> superseded = [];
    private readonly HashSet<string> loosened = [];
    private readonly HashSet<string> poisoned = [];
    private readonly Dictionary<(SyncSide Side, string Tag), bool> deletions = [];
    private readonly HashSet<(Guid Record, string Field)> changedTargets = [];
    private readonly HashSet<(Guid Record, string Field)> leftAlone = [];
    private readonly HashSet<(Guid Record, string Field)> unsettledEdits = [];
    private readonly HashSet<Guid> unseenDeletions = [];
    private readonly Dictionary<Guid, DateTimeOffset> blocked = [];
    private long last;
    private bool deletionsLast = true;

    /// <summary>Every edit that must not be lost, with a description.</summary>
    public IReadOnlyDictionary<long, string> Edits => edits;

    /// <summary>The records that users deleted and that must stay deleted, by side and tag.</summary>
    public IEnumerable<(SyncSide Side, string Tag)> Deletions => deletions.Where(item => item.Value).Select(item => item.Key);

    /// <summary>How many things the users did.</summary>
    public int Events { get; private set; }

    /// <summary>The writes that were sent.</summary>
    public int Writes { get; set; }

    /// <summary>The writes that changed something.</summary>
    public int AppliedWrites { get; set; }

    /// <summary>Whether something happened that only a full run can see, such as a restored backup.</summary>
    public bool NeedsFullRun { get; set; }

    /// <summary>Whether a backup was restored, after which references may lead nowhere and drift may be back that was set right once.</summary>
    public bool HasRestored { get; set; }

    /// <summary>Whether records may stay uncoupled until a full run.</summary>
    public bool LeavesUncoupled { get; set; }

    /// <summary>A user took a record out of the filter of its side, or brought it back.</summary>
    public void NoteBlocked(Guid record, DateTimeOffset? on)
    {
        NoteEvent();
        if (on is { } time)
        {
            _ = blocked.TryAdd(record, time);
        }
        else
        {
            _ = blocked.Remove(record);
        }
    }

    /// <summary>Whether a user blocked a record before a time and nobody has released it since.</summary>
    public bool IsBlockedSince(Guid record, DateTimeOffset time) => blocked.TryGetValue(record, out var on) && on < time;

    public long NewToken()
    {
        Events++;
        return ++last;
    }

    public string NewTag() => $"T{++last}";

    public void NoteEvent() => Events++;

    public void NoteEdit(long token, string description) => edits[token] = description;

    /// <summary>A value was seen and replaced, or given up, by somebody who could see it.</summary>
    public void Supersede(long token) => superseded.Add(token);

    public bool IsSuperseded(long token) => superseded.Contains(token);

    /// <summary>A user edited a record whose creation nobody has settled yet; from the second field on nobody can recognize it any more.</summary>
    public void NoteUnsettledEdit(Guid record, string field, string tag)
    {
        _ = unsettledEdits.Add((record, field));
        if (unsettledEdits.Count(edit => edit.Record == record) > 1)
        {
            Loosen(tag);
        }
    }

    /// <summary>A user gave a field that only ever receives values one that may be given again.</summary>
    public void NoteChangedTarget(Guid record, string field)
    {
        if (!changedTargets.Add((record, field)))
        {
            _ = leftAlone.Add((record, field));
        }
    }

    /// <summary>Whether a receiving field may stay as a user left it: it was done twice, and nobody can tell the second time from a system that turns the correction back.</summary>
    public bool MayStayChanged(Guid record, string field) => leftAlone.Contains((record, field));

    /// <summary>From now on several records of one side may bear this tag, because a person took the pair apart.</summary>
    public void Loosen(string tag)
    {
        _ = loosened.Add(tag);
        LoseDeletion(tag);
    }

    /// <summary>A record that was deleted may come back.</summary>
    public void LoseDeletion(string tag)
    {
        foreach (var side in new[] { SyncSide.Local, SyncSide.Integration })
        {
            deletions[(side, tag)] = false;
        }
    }

    public bool IsLoose(string tag) => loosened.Contains(tag);

    /// <summary>A person decided about deletions, or a policy that restores was in force: deleted records may come back.</summary>
    public void LosesDeletions()
    {
        foreach (var deleted in deletions.Keys.ToList())
        {
            deletions[deleted] = false;
        }
    }

    /// <summary>Only under some policies a deleted record must stay deleted.</summary>
    public void NotePolicy(DeletionPolicy policy)
    {
        deletionsLast = policy is DeletionPolicy.None or DeletionPolicy.DeleteRecord;
        if (!deletionsLast)
        {
            LosesDeletions();
            LeavesUncoupled |= policy == DeletionPolicy.RemoveCoupling;
        }
    }

    /// <summary>A record holds a value that cannot be converted.</summary>
    public void Poison(string tag) => poisoned.Add(tag);

    public bool IsPoisoned(string tag) => poisoned.Contains(tag);

    /// <summary>Every value can be converted again.</summary>
    public void Heal() => poisoned.Clear();

    public bool HasPoison => poisoned.Count > 0;

    /// <summary>A record was deleted that was coupled, or that a run is about to couple: where deletions are not reported, nobody can know before the keys are listed.</summary>
    public void NoteUnseenDeletion(Guid record) => unseenDeletions.Add(record);

    public bool IsDeletedUnseen(Guid record) => unseenDeletions.Contains(record);

    public void NoteDeletion(SyncSide side, string tag) => deletions[(side, tag)] = deletionsLast && !IsLoose(tag);
}
