namespace Dataverse.Sync.Execution;

/// <summary>
/// The records whose partner earlier runs found doubtful, and which of them this run has reason to look at again.
/// </summary>
/// <remarks>
/// A doubt ends if the record or one of its candidates changes, is deleted, is coupled, or is uncoupled. Until then no
/// request is sent for it.
/// </remarks>
internal sealed class DoubtfulRecords
{
    private readonly Dictionary<RecordKey, RecordFailure> doubts;
    private readonly ILookup<RecordKey, (RecordKey Doubtful, MatchCandidate Candidate)> byCandidate;
    private readonly HashSet<RecordKey> due = [];

    public DoubtfulRecords(FailureLedger failures)
    {
        doubts = failures.All.Where(failure => failure.State == RecordFailureState.Doubtful)
            .ToDictionary(failure => failure.Record);
        byCandidate = doubts.Values
            .SelectMany(doubt => doubt.Candidates.Select(candidate => (Doubtful: doubt.Record, Candidate: candidate)))
            .ToLookup(item => item.Candidate.Record);
    }

    /// <summary>The doubtful records of earlier runs.</summary>
    public IReadOnlyCollection<RecordFailure> All => doubts.Values;

    /// <summary>The records for which something changed that the run has seen.</summary>
    public IReadOnlyCollection<RecordKey> Due => due;

    /// <summary>Takes note of what a feed delivered.</summary>
    public void Take(SyncSide side, ChangePage page)
    {
        if (doubts.Count == 0)
        {
            return;
        }

        foreach (var record in page.Records)
        {
            var version = Fingerprint.OfVersion(record.Version);
            due.UnionWith(byCandidate[new(side, record.Id)]
                .Where(item => version == 0 || item.Candidate.Version != version)
                .Select(item => item.Doubtful));
        }

        foreach (var id in page.Deleted)
        {
            Remove(new(side, id));
        }
    }

    /// <summary>Takes note that the run wrote a record.</summary>
    public void TakeWritten(RecordKey record)
    {
        if (doubts.Count > 0)
        {
            due.UnionWith(byCandidate[record].Select(item => item.Doubtful));
        }
    }

    /// <summary>Takes note of a complete list of the ids of a side.</summary>
    public void TakeKeys(SyncSide side, IReadOnlyDictionary<Guid, ulong> keys)
    {
        var gone = byCandidate.Select(group => group.Key).Concat(doubts.Keys)
            .Where(record => record.Side == side && !keys.ContainsKey(record.Id)).ToList();
        gone.ForEach(Remove);
    }

    /// <summary>Takes note that a candidate was coupled or uncoupled.</summary>
    /// <param name="side">The side of the candidates.</param>
    /// <param name="coupled">Those that are coupled now.</param>
    public void TakeCoupled(SyncSide side, HashSet<Guid> coupled)
    {
        foreach (var group in byCandidate.Where(group => group.Key.Side == side))
        {
            var isCoupled = coupled.Contains(group.Key.Id);
            due.UnionWith(group.Where(item => item.Candidate.IsCoupled != isCoupled).Select(item => item.Doubtful));
        }
    }

    /// <summary>The candidates of a side.</summary>
    public List<Guid> CandidatesOn(SyncSide side) =>
        [.. byCandidate.Where(group => group.Key.Side == side).Select(group => group.Key.Id)];

    private void Remove(RecordKey record)
    {
        due.UnionWith(byCandidate[record].Select(item => item.Doubtful));
        if (doubts.ContainsKey(record))
        {
            _ = due.Add(record);
        }
    }
}
