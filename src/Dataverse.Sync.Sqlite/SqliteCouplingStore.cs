using System.Runtime.CompilerServices;

namespace Dataverse.Sync.Sqlite;

/// <summary>A coupling store and job log in one SQLite file.</summary>
/// <remarks>
/// <para>The store is safe for concurrent calls, and several processes on one machine can use the same file: leases
/// prevent two processes from running the same mapping at the same time, and the lock of the file serializes commits.
/// The file must not be on a network drive.</para>
/// <para>The first call opens the file, creates it if it is missing, and migrates a file of an older version. Reads do
/// not wait for commits.</para>
/// <para>Every call can throw <see cref="CouplingStoreException"/>. The store stays usable afterwards, and the file
/// contains what the successful commits stored.</para>
/// </remarks>
public sealed partial class SqliteCouplingStore : ICouplingStore, ISyncJobLog, IAsyncDisposable, IDisposable
{
    private const int PageSize = 1_000;

    private readonly CouplingFile file;
    private readonly BaseShapeCache shapes = new();
    private readonly TimeProvider time;
    private readonly TimeSpan? conflictValueRetention;

    /// <summary>
    /// Initializes a new instance of the <see cref="SqliteCouplingStore"/> class with the default options.
    /// </summary>
    /// <param name="path">The path of the file. The folder must exist; the file is created if it is missing.</param>
    /// <remarks>The constructor does not open the file; the first call does.</remarks>
    /// <exception cref="SyncConfigurationException"><paramref name="path"/> is null, empty, or blank.</exception>
    public SqliteCouplingStore(string path)
        : this(new SqliteCouplingStoreOptions { Path = path })
    {
    }

    /// <summary>Initializes a new instance of the <see cref="SqliteCouplingStore"/> class.</summary>
    /// <param name="options">The settings of the store.</param>
    /// <param name="timeProvider">
    /// The clock by which leases expire; the system clock by default. The clocks of all processes that share the file
    /// must agree.
    /// </param>
    /// <remarks>The constructor does not open the file; the first call does.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">An option is invalid. The message names every problem.</exception>
    public SqliteCouplingStore(SqliteCouplingStoreOptions options, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsValidator.Validate(options);
        time = timeProvider ?? TimeProvider.System;
        conflictValueRetention = options.ConflictValueRetention;
        file = new(options);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(ids);
        var packed = IdList.Pack(ids);
        return await file.ReadAsync(
            connection => CouplingTable.Find(connection, shapes, key, side, packed),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return CouplingPagesAsync(
            (connection, range) => CouplingTable.List(connection, shapes, key, range, PageSize), cancellationToken)
            .SelectMany(page => page);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<IReadOnlyList<CouplingVersions>> ListVersionsAsync(
        MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return CouplingPagesAsync(
            (connection, range) => CouplingTable.ListVersions(connection, key, range, PageSize), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await file.ReadAsync(
            connection => CouplingTable.Count(connection, key), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await file.ReadAsync(
            connection => MappingTable.ReadState(connection, key) with
            {
                AnnouncedDeletions = AnnouncedDeletionTable.List(connection, key),
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await file.ReadAsync(
            connection => JournalTable.List(connection, shapes, key), cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PagesAsync<RecordFailure>(
            (connection, last) => FailureTable.ListAfter(connection, key, last, PageSize), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key, bool includeResolved, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PagesAsync<RecordConflict>(
            (connection, last) => ConflictTable.ListAfter(connection, key, includeResolved, last, PageSize),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IssueCounts> CountIssuesAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await file.ReadAsync(
            connection => IssueCounts.Of(FailureTable.Count(connection, key), ConflictTable.CountOpen(connection, key)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        await file.WriteAsync(
            connection => Apply(connection, commit, time.GetUtcNow()), cancellationToken).ConfigureAwait(false);
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
                if (MappingTable.TryAcquireLease(connection, key, owner, now, now + duration) is not { } token)
                {
                    return null;
                }

                if (conflictValueRetention is { } retention)
                {
                    ConflictTable.RemoveValues(connection, now - retention);
                }

                return new MappingLease(key, owner, token, now + duration);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<MappingLease?> TryRenewLeaseAsync(
        MappingLease lease, TimeSpan duration, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        return await file.WriteAsync(
            connection =>
            {
                var renewed = lease with { ExpiresOn = time.GetUtcNow() + duration };
                return MappingTable.TryRenewLease(connection, renewed) ? renewed : null;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask ReleaseLeaseAsync(MappingLease lease, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        await file.WriteAsync(
            connection => MappingTable.ReleaseLease(connection, lease), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Waits for the current commit and closes the file. Later calls throw <see cref="ObjectDisposedException"/>.
    /// </summary>
    /// <returns>A task that completes when the file is closed.</returns>
    public ValueTask DisposeAsync() => file.DisposeAsync();

    /// <summary>
    /// Closes the file as <see cref="DisposeAsync"/> does. Blocks the thread while a commit is written.
    /// </summary>
    public void Dispose() => file.Dispose();

    private static void Apply(FileConnection connection, StoreCommit commit, DateTimeOffset now)
    {
        var mapping = MappingTable.RequireLease(connection, commit.Lease);
        if (commit.UncoupledLocalIds.Count > 0)
        {
            var uncoupled = CouplingTable.Remove(connection, mapping, commit.UncoupledLocalIds);
            ConflictTable.Lapse(connection, mapping, uncoupled, now);
        }

        ForgetElsewhere(connection, commit, now);
        JournalTable.Remove(connection, mapping, commit.RemovedIntents);
        FailureTable.Remove(connection, mapping, commit.ClearedFailures);
        ConflictTable.Lapse(connection, mapping, CouplingTable.Save(connection, mapping, commit), now);
        JournalTable.Save(connection, mapping, commit.Intents);
        FailureTable.Save(connection, mapping, commit.Failures);
        ConflictTable.Save(connection, mapping, commit.Conflicts);
        AnnouncedDeletionTable.Remove(connection, commit.Lease.Key.Scope, commit.WithdrawnDeletions);
        AnnouncedDeletionTable.Save(connection, commit.Lease.Key.Scope, commit.AnnouncedDeletions);
        if (commit.State is not null)
        {
            MappingTable.SaveState(connection, mapping, commit.State);
        }
    }

    // A mapping that was not run yet has nothing to forget.
    private static void ForgetElsewhere(FileConnection connection, StoreCommit commit, DateTimeOffset now)
    {
        MappingKey KeyOf(string mapping) => commit.Lease.Key with { Mapping = mapping };
        foreach (var other in commit.UncoupledElsewhere.GroupBy(record => record.Mapping, record => record.Record.Id))
        {
            if (MappingTable.FindId(connection, KeyOf(other.Key)) is { } mapping)
            {
                ConflictTable.Lapse(connection, mapping, CouplingTable.Remove(connection, mapping, [.. other]), now);
            }
        }

        foreach (var other in commit.ClearedElsewhere.GroupBy(record => record.Mapping, record => record.Record))
        {
            if (MappingTable.FindId(connection, KeyOf(other.Key)) is { } mapping)
            {
                FailureTable.Remove(connection, mapping, [.. other]);
            }
        }
    }

    private async IAsyncEnumerable<IReadOnlyList<T>> CouplingPagesAsync<T>(
        Func<FileConnection, CouplingRange?, (List<T> Page, CouplingRange? Remaining)> read,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CouplingRange? rest = null;
        do
        {
            var range = rest;
            (var page, rest) = await file.ReadAsync(connection => read(connection, range), cancellationToken)
                .ConfigureAwait(false);
            if (page.Count > 0)
            {
                yield return page;
            }
        }
        while (rest is not null);
    }

    // Each page is a separate read, because SQLite cannot truncate the write-ahead log while a reader is active.
    private async IAsyncEnumerable<T> PagesAsync<T>(
        Func<FileConnection, T?, List<T>> readAfter, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        T? last = null;
        do
        {
            var after = last;
            var page = await file.ReadAsync(
                connection => readAfter(connection, after), cancellationToken).ConfigureAwait(false);
            foreach (var item in page)
            {
                yield return item;
            }

            last = page.Count == PageSize ? page[^1] : null;
        }
        while (last is not null);
    }
}
