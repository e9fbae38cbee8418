using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Sqlite;

/// <summary>A coupling store and job log in one SQLite file.</summary>
/// <remarks>
/// <para>Safe for concurrent calls, and for several processes on one machine: the lease keeps them from running one mapping at a time, and
/// the file's own lock keeps their commits apart. Not for a file on a network drive.</para>
/// <para>The first call opens the file, creates it where it is missing, and brings a file of an older version to the present one. Reading and
/// listing go on while a commit is written. Every call may throw <see cref="CouplingStoreException"/>; after one the store can be used again,
/// and finds the file as the last successful commit left it.</para>
/// </remarks>
public sealed partial class SqliteCouplingStore : ICouplingStore, ISyncJobLog, IAsyncDisposable, IDisposable
{
    private const int ListPage = 1_000;

    private readonly CouplingFile file;
    private readonly TimeProvider time;

    /// <summary>Makes a store over a file, with the default options.</summary>
    /// <param name="path">The file; its folder must exist, the file need not.</param>
    public SqliteCouplingStore(string path)
        : this(new SqliteCouplingStoreOptions { Path = path })
    {
    }

    /// <summary>Makes a store over a file. Touches no file yet.</summary>
    /// <param name="options">Where and how to keep the file.</param>
    /// <param name="timeProvider">The clock by which leases expire, the same for all who share the file; the system's by default.</param>
    /// <exception cref="ArgumentException">The path is empty, or the busy timeout is negative or longer than a day.</exception>
    public SqliteCouplingStore(SqliteCouplingStoreOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrWhiteSpace(options.Path);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BusyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.BusyTimeout, TimeSpan.FromDays(1));
        time = timeProvider ?? TimeProvider.System;
        file = new(options with { Path = System.IO.Path.GetFullPath(options.Path) });
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(ids);
        var packed = IdList.Pack(ids);
        return await file.ReadAsync(connection => CouplingTable.Find(connection, key, side, packed), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PagesAsync<Coupling>((connection, last) => CouplingTable.ListAfter(connection, key, last, ListPage), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await file.ReadAsync(connection => CouplingTable.Count(connection, key), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await file.ReadAsync(connection => MappingTable.ReadState(connection, key), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await file.ReadAsync(connection => IntentTable.List(connection, key), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PagesAsync<RecordFailure>((connection, last) => FailureTable.ListAfter(connection, key, last, ListPage), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(MappingKey key, bool includeResolved, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PagesAsync<RecordConflict>(
            (connection, last) => ConflictTable.ListAfter(connection, key, includeResolved, last, ListPage), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        await file.WriteAsync(connection => Apply(connection, commit, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<MappingLease?> TryAcquireLeaseAsync(
        MappingKey key, string owner, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentException.ThrowIfNullOrEmpty(owner);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return await file.WriteAsync(
            connection =>
            {
                var now = time.GetUtcNow();
                return MappingTable.TryAcquireLease(connection, key, owner, now, now + duration) is { } token
                    ? new MappingLease(key, owner, token, now + duration)
                    : null;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<MappingLease?> TryRenewLeaseAsync(MappingLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return await file.WriteAsync(
            connection =>
            {
                var renewed = lease with { ExpiresOn = time.GetUtcNow() + duration };
                return MappingTable.TryProlongLease(connection, renewed) ? renewed : null;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await file.WriteAsync(connection => MappingTable.ReleaseLease(connection, lease), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the file, after the commit that is being written. Calls made later fail.</summary>
    public ValueTask DisposeAsync() => file.DisposeAsync();

    /// <summary>Like <see cref="DisposeAsync"/>; waits for the commit on the caller's thread.</summary>
    public void Dispose() => file.Dispose();

    private static void Apply(FileConnection connection, StoreCommit commit, DateTimeOffset now)
    {
        var mapping = MappingTable.RequireLease(connection, commit.Lease);
        if (commit.UncoupledLocalIds.Count > 0)
        {
            ConflictTable.Lapse(connection, mapping, CouplingTable.Remove(connection, mapping, commit.UncoupledLocalIds), now);
        }

        if (commit.RemovedIntents.Count > 0)
        {
            IntentTable.Remove(connection, mapping, commit.RemovedIntents);
        }

        FailureTable.Remove(connection, mapping, commit.ClearedFailures);
        ConflictTable.Lapse(connection, mapping, CouplingTable.Save(connection, mapping, commit), now);
        IntentTable.Save(connection, mapping, commit.Intents);
        FailureTable.Save(connection, mapping, commit.Failures);
        ConflictTable.Save(connection, mapping, commit.Conflicts);
        if (commit.State is not null)
        {
            MappingTable.SaveState(connection, mapping, commit.State);
        }
    }

    // Each page is a read of its own, so that a slow reader does not keep the log from being cut back.
    private async IAsyncEnumerable<T> PagesAsync<T>(
        Func<FileConnection, T?, List<T>> readAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        T? last = null;
        do
        {
            var after = last;
            var page = await file.ReadAsync(connection => readAfter(connection, after), cancellationToken).ConfigureAwait(false);
            foreach (var item in page)
            {
                yield return item;
            }

            last = page.Count == ListPage ? page[^1] : null;
        }
        while (last is not null);
    }
}
