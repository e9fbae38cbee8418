namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The access of one client request to the store. Inside a change set, all writes belong to its open transaction.
/// </summary>
internal sealed class DataverseSession(
    DataverseStore store, DataverseCaller caller, DataverseSecurity security, RowsInFlight? inFlight = null,
    DataverseTransaction? open = null, bool readsReplica = false)
{
    private readonly List<(string Table, Guid Id)> touched = [];

    public DataverseStore Store => store;

    public DataverseCaller Caller => caller;

    public DataverseSecurity Security => security;

    /// <summary>The organization as the caller sees it.</summary>
    public DatabaseState State => Snapshot().State;

    /// <summary>Rows that the request wrote and that were committed.</summary>
    public int RowWrites { get; private set; }

    /// <summary>Every committed row, cascades included.</summary>
    public IReadOnlyList<(string Table, Guid Id)> Touched => touched;

    /// <summary>
    /// The organization as the caller sees it, and the version that no row of it exceeds. Reads outside a transaction may
    /// show a replica.
    /// </summary>
    public (DatabaseState State, long Version) Snapshot()
    {
        var (state, version) = open is not null ? (open.State, store.LastVersion)
            : readsReplica ? store.Replica() : store.Snapshot();
        return (security.View(state, caller), version);
    }

    public T Write<T>(Func<DataverseTransaction, T> work)
    {
        if (open is not null)
        {
            return work(open);
        }

        DataverseTransaction? done = null;
        var result = store.Write(caller, transaction =>
        {
            done = transaction;
            var written = work(transaction);
            inFlight?.Claim(this, transaction.Touched);
            return written;
        });
        RowWrites += done!.RowWrites;
        touched.AddRange(done.Touched);
        return result;
    }

    /// <summary>The same client, reading from the replica.</summary>
    public DataverseSession OnReplica() => new(store, caller, security, inFlight, open, readsReplica: true);

    /// <summary>The same client inside a transaction.</summary>
    public DataverseSession Within(DataverseTransaction transaction) => new(store, caller, security, open: transaction);
}
