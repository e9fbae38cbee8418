using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Execution;

/// <summary>
/// A coupling store that shows the contents of another with the commits of a preview, and changes nothing.
/// </summary>
internal sealed class PreviewCouplingStore(ICouplingStore inner) : ICouplingStore
{
    private readonly Dictionary<MappingKey, Overlay> overlays = [];

    public async ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var overlay = OverlayOf(key);
        var stored = await inner.FindAsync(key, side, ids, cancellationToken).ConfigureAwait(false);
        var found = stored.Where(coupling => !overlay.Hides(coupling));
        var added = ids.Distinct().Select(id => overlay.Find(side, id)).OfType<Coupling>();
        return [.. found, .. added];
    }

    public async IAsyncEnumerable<Coupling> ListAsync(
        MappingKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var overlay = OverlayOf(key);
        await foreach (var coupling in inner.ListAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (!overlay.Hides(coupling))
            {
                yield return coupling;
            }
        }

        foreach (var coupling in overlay.Added.ToList())
        {
            yield return coupling;
        }
    }

    public async IAsyncEnumerable<IReadOnlyList<CouplingVersions>> ListVersionsAsync(
        MappingKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var overlay = OverlayOf(key);
        await foreach (var page in inner.ListVersionsAsync(key, cancellationToken).ConfigureAwait(false))
        {
            var shown = page.Where(coupling => !overlay.HiddenLocalIds.Contains(coupling.LocalId)).ToList();
            if (shown.Count > 0)
            {
                yield return shown;
            }
        }

        if (overlay.Added.Count > 0)
        {
            yield return [.. overlay.Added.Select(CouplingVersions.Of)];
        }
    }

    public async ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken)
    {
        var count = await inner.CountAsync(key, cancellationToken).ConfigureAwait(false);
        var overlay = OverlayOf(key);
        var hidden = overlay.HiddenLocalIds.Count == 0
            ? []
            : await inner.FindAsync(key, SyncSide.Local, overlay.HiddenLocalIds, cancellationToken)
                .ConfigureAwait(false);
        return count - hidden.Count + overlay.Added.Count;
    }

    public async ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken)
    {
        var overlay = OverlayOf(key);
        var stored = await inner.ReadStateAsync(key, cancellationToken).ConfigureAwait(false);
        var state = overlay.State ?? stored;
        return overlay.Announced.Count == 0
            ? state
            : state with { AnnouncedDeletions = [.. stored.AnnouncedDeletions, .. overlay.Announced] };
    }

    // A preview recovers the journal of earlier runs as a run does. The entries of the preview itself need no recovery.
    public ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken) =>
        inner.ListIntentsAsync(key, cancellationToken);

    // A later mapping, and the continuation of a run, see what the preview of an earlier one left.
    public async IAsyncEnumerable<RecordFailure> ListFailuresAsync(
        MappingKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var overlay = OverlayOf(key);
        await foreach (var failure in inner.ListFailuresAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (!overlay.Failures.ContainsKey(failure.Record))
            {
                yield return failure;
            }
        }

        foreach (var failure in overlay.Failures.Values.OfType<RecordFailure>().ToList())
        {
            yield return failure;
        }
    }

    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key, bool includeResolved, CancellationToken cancellationToken) =>
        inner.ListConflictsAsync(key, includeResolved, cancellationToken);

    public ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        OverlayOf(commit.Lease.Key).Apply(commit);
        foreach (var (mapping, record) in commit.UncoupledElsewhere)
        {
            OverlayOf(commit.Lease.Key with { Mapping = mapping }).Hide(record.Id);
        }

        foreach (var (mapping, record) in commit.ClearedElsewhere)
        {
            OverlayOf(commit.Lease.Key with { Mapping = mapping }).Failures[record] = null;
        }

        foreach (var deletion in commit.AnnouncedDeletions)
        {
            OverlayOf(commit.Lease.Key with { Mapping = deletion.Mapping }).Announced.Add(deletion);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken) =>
        new(new MappingLease(key, owner, 0, DateTimeOffset.MaxValue));

    public ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken) =>
        new(lease);

    public ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken) =>
        ValueTask.CompletedTask;

    private Overlay OverlayOf(MappingKey key)
    {
        if (!overlays.TryGetValue(key, out var overlay))
        {
            overlays[key] = overlay = new();
        }

        return overlay;
    }

    private sealed class Overlay
    {
        private readonly Sides<Dictionary<Guid, Coupling>> added = new([], []);

        public HashSet<Guid> HiddenLocalIds { get; } = [];

        public IReadOnlyCollection<Coupling> Added => added.Local.Values;

        /// <summary>The failures that the preview stored or, where null, removed.</summary>
        public Dictionary<RecordKey, RecordFailure?> Failures { get; } = [];

        public List<AnnouncedDeletion> Announced { get; } = [];

        public MappingState? State { get; private set; }

        public bool Hides(Coupling coupling) => HiddenLocalIds.Contains(coupling.LocalId);

        public Coupling? Find(SyncSide side, Guid id) => added[side].GetValueOrDefault(id);

        public void Apply(StoreCommit commit)
        {
            foreach (var localId in commit.UncoupledLocalIds)
            {
                Hide(localId);
            }

            foreach (var coupling in commit.Couplings)
            {
                Hide(coupling.LocalId);
                added.Local[coupling.LocalId] = coupling;
                added.Integration[coupling.IntegrationId] = coupling;
            }

            foreach (var failure in commit.Failures)
            {
                Failures[failure.Record] = failure;
            }

            foreach (var record in commit.ClearedFailures)
            {
                Failures[record] = null;
            }

            State = commit.State ?? State;
        }

        public void Hide(Guid localId)
        {
            _ = HiddenLocalIds.Add(localId);
            if (added.Local.Remove(localId, out var coupling))
            {
                _ = added.Integration.Remove(coupling.IntegrationId);
            }
        }
    }
}
