namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The committed state, which one transaction at a time changes. Reads need no lock, because a state is immutable.
/// </summary>
internal sealed class Database(BusinessCentralEmulatorOptions options, TableCatalog catalog, ServerClock clock)
{
    private readonly Lock gate = new();
    private readonly StateHistory<TenantState> history = new(options.ReplicaLag, options.TimeProvider);
    private volatile TenantState current = new();

    /// <summary>Called inside the commit, in the order of commits.</summary>
    public Action<IReadOnlyList<PageRowChange>>? Committed { get; set; }

    public TenantState Current => current;

    public TableCatalog Catalog => catalog;

    /// <summary>The state that a read-only replica shows, which lags behind the current state.</summary>
    public TenantState Replica
    {
        get
        {
            lock (gate)
            {
                return history.Shown(current);
            }
        }
    }

    public DateTimeOffset NextStamp() => clock.NextStamp();

    public T Write<T>(Guid company, Func<Transaction, T> work) => Write(company, null, work);

    /// <summary>Runs a transaction; an exception leaves everything as it was.</summary>
    /// <param name="company">The company written to; empty for the platform's tables.</param>
    /// <param name="stamp">The stamp of the rows; null for the server's clock.</param>
    /// <param name="work">Does the writing. Runs under the database's lock.</param>
    public T Write<T>(Guid company, DateTimeOffset? stamp, Func<Transaction, T> work)
    {
        lock (gate)
        {
            var transaction = new Transaction(current, company, stamp ?? clock.NextStamp(), options, catalog);
            var result = work(transaction);
            if (transaction.Changes.Count > 0)
            {
                Keep(transaction);
            }

            return result;
        }
    }

    private void Keep(Transaction transaction)
    {
        history.Keep(current, transaction.State);
        current = transaction.State;
        Committed?.Invoke(transaction.Changes);
    }
}
