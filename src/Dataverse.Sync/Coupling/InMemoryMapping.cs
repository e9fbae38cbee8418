namespace Dataverse.Sync;

/// <summary>
/// The contents of an <see cref="InMemoryCouplingStore"/> for one mapping. Every call is one step under one lock.
/// </summary>
internal sealed class InMemoryMapping
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Coupling> byLocal = [];
    private readonly Dictionary<Guid, Coupling> byIntegration = [];
    private readonly Dictionary<Guid, (long Sequence, Intent Intent)> intents = [];
    private readonly Dictionary<RecordKey, RecordFailure> failures = [];
    private readonly Dictionary<Guid, RecordConflict> conflicts = [];
    private readonly Dictionary<RecordKey, AnnouncedDeletion> announced = [];

    // Reused under the lock, so that a page is looked up and checked without allocations.
    private readonly HashSet<Guid> seen = [];
    private readonly HashSet<Guid> uncoupled = [];
    private readonly Dictionary<Guid, Coupling> next = [];

    private MappingState state = MappingState.Initial;
    private MappingLease? lease;
    private long lastToken;
    private long lastSequence;

    public IReadOnlyList<Coupling> Find(SyncSide side, IReadOnlyCollection<Guid> ids)
    {
        lock (gate)
        {
            var couplings = side == SyncSide.Local ? byLocal : byIntegration;
            var found = new List<Coupling>(Math.Min(ids.Count, couplings.Count));
            seen.Clear();
            foreach (var id in ids)
            {
                if (couplings.TryGetValue(id, out var coupling) && seen.Add(id))
                {
                    found.Add(coupling);
                }
            }

            return found;
        }
    }

    public Coupling[] ListCouplings()
    {
        lock (gate)
        {
            return [.. byLocal.Values];
        }
    }

    /// <summary>One page with all couplings, or none.</summary>
    public IReadOnlyList<CouplingVersions>[] ListVersions() =>
        ListCouplings() is { Length: > 0 } all ? [new VersionPage(all)] : [];

    public long CountCouplings()
    {
        lock (gate)
        {
            return byLocal.Count;
        }
    }

    public MappingState ReadState()
    {
        lock (gate)
        {
            return announced.Count == 0 ? state : state with { AnnouncedDeletions = [.. announced.Values] };
        }
    }

    /// <summary>Removes and adds announcements of deletions.</summary>
    public void Announce(IEnumerable<AnnouncedDeletion> withdrawn, IEnumerable<AnnouncedDeletion> added)
    {
        lock (gate)
        {
            foreach (var deletion in withdrawn)
            {
                _ = announced.Remove(deletion.Record);
            }

            foreach (var deletion in added)
            {
                announced[deletion.Record] = deletion;
            }
        }
    }

    /// <summary>Removes the coupling of a local record for a commit of another mapping.</summary>
    public void UncoupleFromElsewhere(Guid localId, DateTimeOffset now)
    {
        lock (gate)
        {
            Uncouple(localId, now);
        }
    }

    /// <summary>Removes the failure of a record for a commit of another mapping.</summary>
    public void ClearFailure(RecordKey record)
    {
        lock (gate)
        {
            _ = failures.Remove(record);
        }
    }

    public IReadOnlyList<Intent> ListIntents()
    {
        lock (gate)
        {
            return [.. intents.Values.OrderBy(entry => entry.Sequence).Select(entry => entry.Intent)];
        }
    }

    public RecordFailure[] ListFailures()
    {
        lock (gate)
        {
            var sorted = failures.Values
                .OrderBy(failure => failure.FirstFailedOn)
                .ThenBy(failure => failure.Record.Side)
                .ThenBy(failure => failure.Record.Id);
            return [.. sorted];
        }
    }

    public RecordConflict[] ListConflicts(bool includeResolved)
    {
        lock (gate)
        {
            return [.. conflicts.Values
                .Where(conflict => includeResolved || conflict.Resolution == ConflictResolution.Open)
                .OrderBy(conflict => conflict.DetectedOn).ThenBy(conflict => conflict.Id)];
        }
    }

    /// <summary>Removes the values of conflicts that were decided by a point in time.</summary>
    public void RemoveConflictValues(DateTimeOffset decidedBy)
    {
        lock (gate)
        {
            var expired = conflicts.Values
                .Where(conflict => conflict.Resolution != ConflictResolution.Open && !conflict.ValuesRemoved
                    && (conflict.ResolvedOn ?? conflict.DetectedOn) <= decidedBy)
                .ToList();
            expired.ForEach(conflict => conflicts[conflict.Id] = conflict.RemoveValues());
        }
    }

    public MappingLease? TryAcquireLease(MappingKey key, string owner, DateTimeOffset now, TimeSpan duration)
    {
        lock (gate)
        {
            if (lease is not null && lease.Owner != owner && lease.ExpiresOn > now)
            {
                return null;
            }

            return lease = new(key, owner, ++lastToken, now + duration);
        }
    }

    public MappingLease? TryRenewLease(MappingLease held, DateTimeOffset expiresOn)
    {
        lock (gate)
        {
            return IsCurrent(held) ? lease = held with { ExpiresOn = expiresOn } : null;
        }
    }

    public void ReleaseLease(MappingLease held)
    {
        lock (gate)
        {
            if (IsCurrent(held))
            {
                lease = null;
            }
        }
    }

    public void Commit(StoreCommit commit, DateTimeOffset now)
    {
        lock (gate)
        {
            if (!IsCurrent(commit.Lease))
            {
                throw new LeaseLostException(commit.Lease.Key);
            }

            RequirePartialBijection(commit);
            foreach (var id in commit.UncoupledLocalIds)
            {
                Uncouple(id, now);
            }

            SaveCouplings(now);
            SaveJournal(commit);
            SaveIssues(commit);
            state = commit.State is { } next ? next with { AnnouncedDeletions = [] } : state;
        }
    }

    // Refuses an invalid commit before the first change. Afterward, `next` contains the couplings to store.
    private void RequirePartialBijection(StoreCommit commit)
    {
        seen.Clear();
        next.Clear();
        uncoupled.Clear();
        uncoupled.UnionWith(commit.UncoupledLocalIds);
        foreach (var coupling in commit.Couplings)
        {
            next[coupling.LocalId] = coupling;
        }

        foreach (var coupling in next.Values)
        {
            if (!seen.Add(coupling.IntegrationId) || IsHeldByAnother(coupling))
            {
                throw new CouplingStoreException(
                    CouplingStoreFailure.AlreadyCoupled,
                    $"Integration record {coupling.IntegrationId} of mapping '{commit.Lease.Key.Mapping}' "
                    + "would be in two couplings.");
            }
        }
    }

    private bool IsHeldByAnother(Coupling coupling) =>
        byIntegration.TryGetValue(coupling.IntegrationId, out var holder)
        && !next.ContainsKey(holder.LocalId)
        && !uncoupled.Contains(holder.LocalId);

    private void SaveCouplings(DateTimeOffset now)
    {
        foreach (var coupling in next.Values)
        {
            if (byLocal.TryGetValue(coupling.LocalId, out var old) && old.IntegrationId != coupling.IntegrationId)
            {
                Uncouple(coupling.LocalId, now);
            }
        }

        foreach (var coupling in next.Values)
        {
            byLocal[coupling.LocalId] = coupling;
            byIntegration[coupling.IntegrationId] = coupling;
        }
    }

    private void Uncouple(Guid localId, DateTimeOffset now)
    {
        if (!byLocal.Remove(localId, out var removed))
        {
            return;
        }

        _ = byIntegration.Remove(removed.IntegrationId);
        var lapsing = conflicts.Values
            .Where(conflict => conflict.Resolution == ConflictResolution.Open
                && conflict.LocalId == removed.LocalId && conflict.IntegrationId == removed.IntegrationId)
            .ToList();
        lapsing.ForEach(conflict => conflicts[conflict.Id] = conflict.Lapse(now));
    }

    private void SaveJournal(StoreCommit commit)
    {
        foreach (var id in commit.RemovedIntents)
        {
            _ = intents.Remove(id);
        }

        foreach (var intent in commit.Intents)
        {
            intents[intent.Id] = (intents.TryGetValue(intent.Id, out var old) ? old.Sequence : ++lastSequence, intent);
        }
    }

    private void SaveIssues(StoreCommit commit)
    {
        foreach (var record in commit.ClearedFailures)
        {
            _ = failures.Remove(record);
        }

        foreach (var failure in commit.Failures)
        {
            failures[failure.Record] = failure;
        }

        foreach (var conflict in commit.Conflicts)
        {
            conflicts[conflict.Id] = conflict;
        }
    }

    private bool IsCurrent(MappingLease held) =>
        lease is not null && lease.Token == held.Token && lease.Owner == held.Owner;
}
