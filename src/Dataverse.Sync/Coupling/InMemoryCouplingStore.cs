using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Dataverse.Sync;

/// <summary>A coupling store in memory, for tests and trials.</summary>
/// <remarks>
/// Safe for concurrent use within one process. Nothing survives the process: an engine that starts with an empty store
/// couples its records again.
/// </remarks>
public sealed class InMemoryCouplingStore : ICouplingStore, IScopeRegister, IOverrideStore, IJobQueueStore
{
    private readonly ConcurrentDictionary<MappingKey, InMemoryMapping> mappings = new();
    private readonly TimeProvider time;
    private readonly Lock registering = new();
    private readonly ConcurrentDictionary<MappingKey, StoredOverride> overrides = new();
    private readonly ConcurrentDictionary<(string Scope, string Name), StoredJobQueueEntry> entries = new();
    private ScopeRegister register = new(0, []);

    /// <summary>
    /// Initializes a new instance of the <see cref="InMemoryCouplingStore"/> class without any contents.
    /// </summary>
    /// <param name="timeProvider">
    /// The clock by which leases expire, or null for <see cref="TimeProvider.System"/>.
    /// </param>
    public InMemoryCouplingStore(TimeProvider? timeProvider = null) => time = timeProvider ?? TimeProvider.System;

    /// <summary>How long the values of a conflict are kept after it was resolved or lapsed.</summary>
    /// <value>
    /// Null keeps them. The default is <see cref="RecordConflict.DefaultValueRetention"/>.
    /// </value>
    /// <remarks>The values are removed when a run of their mapping starts.</remarks>
    public TimeSpan? ConflictValueRetention { get; init; } = RecordConflict.DefaultValueRetention;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return new(Mapping(key, cancellationToken).Find(side, ids));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken) =>
        StreamAsync(key, mapping => mapping.ListCouplings(), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<CouplingVersions>> ListVersionsAsync(
        MappingKey key, CancellationToken cancellationToken) =>
        StreamAsync(key, mapping => mapping.ListVersions(), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken) =>
        new(Mapping(key, cancellationToken).CountCouplings());

    /// <inheritdoc/>
    public ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken) =>
        new(Mapping(key, cancellationToken).ReadState());

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken) =>
        new(Mapping(key, cancellationToken).ListIntents());

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken) =>
        StreamAsync(key, mapping => mapping.ListFailures(), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key, bool includeResolved, CancellationToken cancellationToken) =>
        StreamAsync(key, mapping => mapping.ListConflicts(includeResolved), cancellationToken);

    /// <inheritdoc/>
    public ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        var now = time.GetUtcNow();
        Mapping(commit.Lease.Key, cancellationToken).Commit(commit, now);
        foreach (var (name, record) in commit.UncoupledElsewhere)
        {
            Mapping(commit.Lease.Key with { Mapping = name }, cancellationToken).UncoupleFromElsewhere(record.Id, now);
        }

        foreach (var (name, record) in commit.ClearedElsewhere)
        {
            Mapping(commit.Lease.Key with { Mapping = name }, cancellationToken).ClearFailure(record);
        }

        var (added, withdrawn) = (commit.AnnouncedDeletions, commit.WithdrawnDeletions);
        foreach (var name in added.Concat(withdrawn).Select(deletion => deletion.Mapping).Distinct())
        {
            Mapping(commit.Lease.Key with { Mapping = name }, cancellationToken).Announce(
                withdrawn.Where(deletion => deletion.Mapping == name), added.Where(deletion => deletion.Mapping == name));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        var now = time.GetUtcNow();
        var mapping = Mapping(key, cancellationToken);
        var lease = mapping.TryAcquireLease(key, owner, now, duration);
        if (lease is not null && ConflictValueRetention is { } retention)
        {
            mapping.RemoveConflictValues(now - retention);
        }

        return new(lease);
    }

    /// <inheritdoc/>
    public ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return new(Mapping(lease.Key, cancellationToken).TryRenewLease(lease, time.GetUtcNow() + duration));
    }

    /// <inheritdoc/>
    public ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        Mapping(lease.Key, cancellationToken).ReleaseLease(lease);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ScopeRegister> ReadScopesAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var coupled = mappings.Where(item => item.Value.CountCouplings() > 0)
            .ToLookup(item => item.Key.Scope, item => item.Key.Mapping);
        lock (registering)
        {
            var unknown = coupled.Select(group => group.Key).Except(register.Scopes.Select(scope => scope.Name));
            IEnumerable<RegisteredScope> all =
                [.. register.Scopes, .. unknown.Select(name => new RegisteredScope { Name = name })];
            return new(register with
            {
                Scopes = [.. all.Select(scope => scope with { Mappings = [.. coupled[scope.Name]] })],
            });
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySaveScopeAsync(
        RegisteredScope scope, long revision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(scope);
        cancellationToken.ThrowIfCancellationRequested();
        lock (registering)
        {
            if (register.Revision != revision)
            {
                return new(false);
            }

            register = new(revision + 1, [.. register.Scopes.Where(known => known.Name != scope.Name), scope]);
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredOverride>> ReadOverridesAsync(string scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new([.. overrides.Where(item => item.Key.Scope == scope).Select(item => item.Value)]);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySaveOverrideAsync(
        string scope, StoredOverride change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        cancellationToken.ThrowIfCancellationRequested();
        var key = new MappingKey(scope, change.Mapping);
        var stored = change with { Version = change.Version + 1 };
        if (change.Version == 0)
        {
            return new(overrides.TryAdd(key, stored));
        }

        return new(overrides.TryGetValue(key, out var known)
            && known.Version == change.Version
            && overrides.TryUpdate(key, stored, known));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredJobQueueEntry>> ReadEntriesAsync(
        string scope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new([.. entries.Where(item => item.Key.Scope == scope).Select(item => item.Value)]);
    }

    /// <inheritdoc/>
    public ValueTask<bool> TrySaveEntryAsync(
        string scope, StoredJobQueueEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        cancellationToken.ThrowIfCancellationRequested();
        var key = (scope, entry.Name);
        var stored = entry with { Version = entry.Version + 1 };
        if (entry.Version == 0)
        {
            return new(entries.TryAdd(key, stored));
        }

        return new(entries.TryGetValue(key, out var known)
            && known.Version == entry.Version
            && entries.TryUpdate(key, stored, known));
    }

    private InMemoryMapping Mapping(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        cancellationToken.ThrowIfCancellationRequested();
        return mappings.GetOrAdd(key, static _ => new());
    }

    private async IAsyncEnumerable<T> StreamAsync<T>(
        MappingKey key, Func<InMemoryMapping, T[]> list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await ValueTask.CompletedTask.ConfigureAwait(false);
        foreach (var item in list(Mapping(key, cancellationToken)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }
}
