namespace Dataverse.Sync.Testing;

/// <summary>The writes that a connector has applied: always counted, optionally listed.</summary>
internal sealed class WriteLog(bool keeps)
{
    private readonly Lock gate = new();
    private readonly List<InMemoryWrite> writes = [];
    private long count;

    public long Count => Interlocked.Read(ref count);

    public IReadOnlyList<InMemoryWrite> Writes
    {
        get
        {
            lock (gate)
            {
                return [.. writes];
            }
        }
    }

    public void Add(InMemoryWrite write)
    {
        _ = Interlocked.Increment(ref count);
        if (keeps)
        {
            lock (gate)
            {
                writes.Add(write);
            }
        }
    }

    public void Clear()
    {
        _ = Interlocked.Exchange(ref count, 0);
        lock (gate)
        {
            writes.Clear();
        }
    }
}
