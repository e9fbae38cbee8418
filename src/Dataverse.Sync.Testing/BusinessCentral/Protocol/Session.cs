namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The data that one request, or all parts of a snapshot batch, read and write: the database, a lagging replica, or an
/// open transaction.
/// </summary>
internal sealed class Session
{
    private readonly Database database;
    private readonly Transaction? open;
    private readonly bool readsReplica;

    private Session(Database database, Transaction? open, bool readsReplica) =>
        (this.database, this.open, this.readsReplica) = (database, open, readsReplica);

    public TenantState State => open?.State ?? (readsReplica ? database.Replica : database.Current);

    public static Session Of(Database database) => new(database, null, false);

    /// <summary>
    /// The same session for a request that permits a replica. Inside a transaction, reads still use the transaction.
    /// </summary>
    public Session OnReplica() => new(database, open, true);

    public T Write<T>(Guid company, Func<Transaction, T> work)
    {
        if (open is null)
        {
            return database.Write(company, work);
        }

        var (state, changes) = (open.State, open.Changes.Count);
        try
        {
            open.Company = company;
            return work(open);
        }
        catch
        {
            open.RollBack(state, changes);
            throw;
        }
    }

    /// <summary>Runs work in one transaction, and rolls it back if the work says so.</summary>
    public T InOneTransaction<T>(Func<Session, (T Result, bool IsKept)> work) =>
        database.Write(Guid.Empty, transaction =>
        {
            var start = transaction.State;
            var (result, isKept) = work(new Session(database, transaction, false));
            if (!isKept)
            {
                transaction.RollBack(start, 0);
            }

            return result;
        });
}
