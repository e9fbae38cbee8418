namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Holds the organization's rows. Reads take the present state without a lock; writes run one after the other.
/// </summary>
internal sealed class DataverseStore(
    DatabaseState initial, long lastVersion, Func<DateTimeOffset> clock, StateHistory<(DatabaseState State, long Version)> history)
{
    private readonly Lock gate = new();
    private volatile DatabaseState state = initial;
    private long lastVersion = lastVersion;

    public DatabaseState State => state;

    public DataverseSchema Schema => state.Schema;

    /// <summary>
    /// Receives each committed transaction in the order of the commits, under the lock of the store: it must be quick.
    /// </summary>
    public Action<DataverseTransaction>? Committed { get; set; }

    /// <summary>Whether the transactions on a state record what they do to the rows.</summary>
    public Func<DatabaseState, bool> RecordsEvents { get; init; } = _ => false;

    /// <summary>The options that were added to choices and are not published.</summary>
    public IReadOnlyList<UnpublishedOption> Unpublished { get; set; } = [];

    /// <summary>The highest version given so far.</summary>
    public long LastVersion => Interlocked.Read(ref lastVersion);

    /// <summary>The server's clock in whole seconds.</summary>
    public DateTimeOffset Now => Seconds(clock());

    /// <summary>A consistent pair: every row of the state has at most this version.</summary>
    public (DatabaseState State, long Version) Snapshot()
    {
        lock (gate)
        {
            return (state, LastVersion);
        }
    }

    /// <summary>What a replica shows, which may lag behind; as consistent as <see cref="Snapshot"/>.</summary>
    public (DatabaseState State, long Version) Replica()
    {
        lock (gate)
        {
            return history.Shown((state, LastVersion));
        }
    }

    /// <summary>Runs the work and commits all of it, or nothing when it throws.</summary>
    public T Write<T>(DataverseCaller caller, Func<DataverseTransaction, T> work)
    {
        lock (gate)
        {
            var before = (state, LastVersion);
            var transaction = new DataverseTransaction(state, caller, Now, NextVersion, RecordsEvents(state));
            var result = work(transaction);
            state = transaction.State;
            history.Keep(before, (state, LastVersion));
            Committed?.Invoke(transaction);
            return result;
        }
    }

    /// <summary>Replaces the state outside any transaction: loading, schema changes. A replica shows it at once.</summary>
    public void Replace(Func<DatabaseState, DatabaseState> change)
    {
        lock (gate)
        {
            history.Clear();
            state = change(state);
        }
    }

    /// <summary>Raises the counter to at least <paramref name="version"/>.</summary>
    public void RaiseVersion(long version)
    {
        lock (gate)
        {
            lastVersion = Math.Max(lastVersion, version);
        }
    }

    public long NextVersion() => Interlocked.Increment(ref lastVersion);

    public static DateTimeOffset Seconds(DateTimeOffset time)
    {
        var utc = time.ToUniversalTime();
        return new DateTimeOffset(utc.Ticks - (utc.Ticks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
    }
}
