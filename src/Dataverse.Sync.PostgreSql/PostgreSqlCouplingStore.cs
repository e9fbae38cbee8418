using System.Runtime.CompilerServices;
using Npgsql;

namespace Dataverse.Sync.PostgreSql;

/// <summary>A coupling store and job log in a schema of a PostgreSQL database.</summary>
/// <remarks>
/// <para>The store is safe for concurrent calls, and several engines on several machines can share it: leases prevent two
/// engines from running the same mapping at the same time. Leases expire by the clock of the database, so the clocks of the
/// machines need not agree.</para>
/// <para>The first call creates the schema and its tables, or migrates those of an older version. A call uses one
/// connection, and leaves nothing behind in its session, so that a pooler in transaction mode can be in between.</para>
/// <para>Every call can throw <see cref="CouplingStoreException"/>. The store stays usable afterwards, and the database
/// contains what the successful commits stored. A commit during which the connection was lost may have been stored.</para>
/// </remarks>
public sealed partial class PostgreSqlCouplingStore : ICouplingStore, ISyncJobLog, IAsyncDisposable, IDisposable
{
    private const int PageSize = 1_000;

    private readonly CouplingDatabase database;
    private readonly BaseShapes shapes = new();
    private readonly StoreClock clock;
    private readonly CommitWriter commits;
    private readonly TimeSpan? conflictValueRetention;

    /// <summary>
    /// Initializes a new instance of the <see cref="PostgreSqlCouplingStore"/> class with the default options.
    /// </summary>
    /// <param name="connectionString">The connection string of the database.</param>
    /// <remarks>The constructor does not connect; the first call does.</remarks>
    /// <exception cref="SyncConfigurationException">
    /// <paramref name="connectionString"/> is null, blank, or not a connection string.
    /// </exception>
    public PostgreSqlCouplingStore(string connectionString)
        : this(new PostgreSqlCouplingStoreOptions { ConnectionString = connectionString })
    {
    }

    /// <summary>Initializes a new instance of the <see cref="PostgreSqlCouplingStore"/> class.</summary>
    /// <param name="options">The settings of the store.</param>
    /// <remarks>The constructor does not connect; the first call does.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">An option is invalid. The message names every problem.</exception>
    public PostgreSqlCouplingStore(PostgreSqlCouplingStoreOptions options)
        : this(options, new StoreClock(), CouplingSchema.Steps)
    {
    }

    /// <summary>
    /// Initializes a new instance of the <see cref="PostgreSqlCouplingStore"/> class with what a test replaces.
    /// </summary>
    /// <param name="options">The settings of the store.</param>
    /// <param name="clock">The clock by which leases expire.</param>
    /// <param name="steps">The steps of all versions of the tables.</param>
    internal PostgreSqlCouplingStore(
        PostgreSqlCouplingStoreOptions options, StoreClock clock, IReadOnlyList<SchemaStep> steps)
    {
        ArgumentNullException.ThrowIfNull(options);
        OptionsValidator.Validate(options);
        this.clock = clock;
        conflictValueRetention = options.ConflictValueRetention;
        database = new(options, steps);
        commits = new(shapes, clock, database.Guard);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Coupling>> FindAsync(
        MappingKey key, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(ids);
        return await database.ReadAsync(
            (connection, token) => CouplingTable.FindAsync(connection, shapes, key, side, ids, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Coupling> ListAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PagesAsync<Coupling>(
            (connection, last, token) =>
                CouplingTable.ListAfterAsync(connection, shapes, key, last, PageSize, token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await database.ReadAsync(
            (connection, token) => CouplingTable.CountAsync(connection, key, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<MappingState> ReadStateAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await database.ReadAsync(
            async (connection, token) =>
                await MappingTable.ReadStateAsync(connection, key, token).ConfigureAwait(false) with
                {
                    AnnouncedDeletions =
                        await AnnouncedDeletionTable.ListAsync(connection, key, token).ConfigureAwait(false),
                },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Intent>> ListIntentsAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await database.ReadAsync(
            (connection, token) => IntentTable.ListAsync(connection, shapes, key, token),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PagesAsync<RecordFailure>(
            (connection, last, token) => FailureTable.ListAfterAsync(connection, key, last, PageSize, token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        MappingKey key, bool includeResolved, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return PagesAsync<RecordConflict>(
            (connection, last, token) =>
                ConflictTable.ListAfterAsync(connection, key, includeResolved, last, PageSize, token),
            cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<IssueCounts> CountIssuesAsync(MappingKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return await database.ReadAsync(
            async (connection, token) => IssueCounts.Of(
                await FailureTable.CountAsync(connection, key, token).ConfigureAwait(false),
                await ConflictTable.CountOpenAsync(connection, key, token).ConfigureAwait(false)),
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask CommitAsync(StoreCommit commit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(commit);
        try
        {
            var applied = await database.WriteAsync(
                (connection, token) => commits.ApplyAsync(connection, commit, token),
                cancellationToken).ConfigureAwait(false);
            database.Guard.RememberWrites(commit.Lease.Key, applied.Writes);
            shapes.Remember(applied.Shapes);
        }
        catch (CouplingStoreException error) when (error.InnerException is PostgresException inner
            && DatabaseErrors.IsSecondCoupling(inner))
        {
            var refused = await database.ReadAsync(
                (connection, token) => CouplingWriter.FindRefusedAsync(connection, commit, token),
                cancellationToken).ConfigureAwait(false);
            throw DatabaseErrors.AlreadyCoupled(commit.Lease.Key.Mapping, refused);
        }
    }

    /// <summary>Closes the connections of the store. Later calls throw <see cref="ObjectDisposedException"/>.</summary>
    /// <remarks>A call that is running finishes. A data source that was given is left open.</remarks>
    /// <returns>A task that completes when the idle connections are closed.</returns>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>Closes the connections of the store as <see cref="DisposeAsync"/> does.</summary>
    public void Dispose() => database.Dispose();

    private Task WriteAsync(
        Func<StoreConnection, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async (connection, token) =>
            {
                await write(connection, token).ConfigureAwait(false);
                return true;
            },
            cancellationToken);

    // Each page is a read of its own: a cursor would need a transaction for as long as the caller takes.
    private async IAsyncEnumerable<T> PagesAsync<T>(
        Func<StoreConnection, T?, CancellationToken, Task<List<T>>> readAfter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        T? last = null;
        do
        {
            var after = last;
            var page = await database.ReadAsync(
                (connection, token) => readAfter(connection, after, token), cancellationToken).ConfigureAwait(false);
            foreach (var item in page)
            {
                yield return item;
            }

            last = page.Count == PageSize ? page[^1] : null;
        }
        while (last is not null);
    }
}
