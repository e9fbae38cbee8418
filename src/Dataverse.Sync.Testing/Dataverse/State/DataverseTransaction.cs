namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The working copy of one atomic write. Lives inside <see cref="DataverseStore.Write{T}"/>, under the store's lock;
/// what it holds becomes visible when the work returns and is dropped when the work throws.
/// </summary>
internal sealed class DataverseTransaction(
    DatabaseState state, DataverseCaller caller, DateTimeOffset now, Func<long> nextVersion)
{
    private readonly List<(string Table, Guid Id)> touched = [];

    public DatabaseState State { get; private set; } = state;

    public DataverseCaller Caller { get; } = caller;

    /// <summary>The server's clock, in whole seconds, the same for every row of the transaction.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Rows written because the request named them; cascades do not count.</summary>
    public int RowWrites { get; private set; }

    /// <summary>Every row written, cascades included.</summary>
    public IReadOnlyList<(string Table, Guid Id)> Touched => touched;

    public void CountRowWrite() => RowWrites++;

    /// <summary>Stores the row under a new version.</summary>
    public DataverseRow Put(DataverseRow row)
    {
        var written = row with { Version = nextVersion() };
        State = State.With(State[row.Table].With(written));
        touched.Add((row.Table, row.Id));
        return written;
    }

    public void Remove(DataverseRow row)
    {
        State = State.With(State[row.Table].Without(row, nextVersion()));
        touched.Add((row.Table, row.Id));
    }
}
