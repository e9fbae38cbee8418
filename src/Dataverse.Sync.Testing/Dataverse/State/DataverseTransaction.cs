namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The working copy of one atomic write. Lives inside <see cref="DataverseStore.Write{T}"/>, under the store's lock;
/// what it holds becomes visible when the work returns and is dropped when the work throws.
/// </summary>
internal sealed class DataverseTransaction(
    DatabaseState state, DataverseCaller caller, DateTimeOffset now, Func<long> nextVersion, bool recordsEvents)
{
    private readonly List<(string Table, Guid Id)> touched = [];
    private readonly List<RowEvent> events = [];

    public DatabaseState State { get; private set; } = state;

    public DataverseCaller Caller { get; } = caller;

    /// <summary>The server's clock, in whole seconds, the same for every row of the transaction.</summary>
    public DateTimeOffset Now { get; } = now;

    /// <summary>Rows written because the request named them; cascades do not count.</summary>
    public int RowWrites { get; private set; }

    /// <summary>Every row written, cascades included.</summary>
    public IReadOnlyList<(string Table, Guid Id)> Touched => touched;

    /// <summary>
    /// What was done to the rows, in its order, if it is recorded; a row may occur several times.
    /// </summary>
    public IReadOnlyList<RowEvent> Events => events;

    public void CountRowWrite() => RowWrites++;

    /// <summary>Stores the row under a new version.</summary>
    /// <param name="row">The row.</param>
    /// <param name="columns">The columns that the write names; null where the platform itself touches the row.</param>
    public DataverseRow Put(DataverseRow row, IEnumerable<string>? columns)
    {
        if (columns is not null && recordsEvents)
        {
            events.Add(new(State.Find(row.Table, row.Id), row, [.. columns]));
        }

        var written = row with { Version = nextVersion() };
        State = State.With(State[row.Table].With(written));
        touched.Add((row.Table, row.Id));
        return written;
    }

    public void Remove(DataverseRow row)
    {
        if (recordsEvents)
        {
            events.Add(new(row, null, []));
        }

        State = State.With(State[row.Table].Without(row, nextVersion()));
        touched.Add((row.Table, row.Id));
    }
}
