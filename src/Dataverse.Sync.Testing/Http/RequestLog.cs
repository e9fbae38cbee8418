namespace Dataverse.Sync.Testing;

/// <summary>
/// The requests that an emulator received, in order of completion, with counters. An emulator logs a request before it
/// sends the response, so that a client that has the response finds the entry. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Keeps the newest 100,000 entries; the counters count all requests. Edits that a test makes through the objects of
/// the emulator, without HTTP, are not logged.
/// </remarks>
public sealed class RequestLog
{
    private const int Capacity = 100_000;

    private readonly Lock gate = new();
    private readonly Queue<LoggedRequest> entries = new();
    private long lastNumber;

    internal RequestLog()
    {
    }

    /// <summary>
    /// The number of HTTP requests since the start or the last <see cref="Reset"/>. A batch counts as one.
    /// </summary>
    public int RequestCount { get; private set; }

    /// <summary>
    /// The number of HTTP requests that asked for a change, including refused ones. A batch counts as one if any of its
    /// parts is a write.
    /// </summary>
    public int WriteRequestCount { get; private set; }

    /// <summary>The number of HTTP requests that asked for no change.</summary>
    public int ReadRequestCount
    {
        get
        {
            lock (gate)
            {
                return RequestCount - WriteRequestCount;
            }
        }
    }

    /// <summary>
    /// The number of rows that requests have inserted, changed or deleted and committed; see
    /// <see cref="LoggedRequest.RowWrites"/>.
    /// </summary>
    public int RowWriteCount { get; private set; }

    /// <summary>A copy of the log, oldest entry first.</summary>
    public IReadOnlyList<LoggedRequest> Entries
    {
        get
        {
            lock (gate)
            {
                return [.. entries];
            }
        }
    }

    /// <summary>Removes the entries and sets the counters to zero.</summary>
    public void Reset()
    {
        lock (gate)
        {
            entries.Clear();
            (RequestCount, WriteRequestCount, RowWriteCount) = (0, 0, 0);
        }
    }

    internal long NextNumber() => Interlocked.Increment(ref lastNumber);

    internal void Add(LoggedRequest entry)
    {
        lock (gate)
        {
            if (entries.Count == Capacity)
            {
                entries.Dequeue();
            }

            entries.Enqueue(entry);
            RequestCount++;
            WriteRequestCount += entry.IsWrite ? 1 : 0;
            RowWriteCount += entry.RowWrites;
        }
    }
}
