namespace Dataverse.Sync.Testing;

/// <summary>
/// What an emulator was asked, in order of completion, with counters. A request is entered before its answer is sent,
/// so a client that has its answer finds it here. Safe for use from several threads.
/// </summary>
/// <remarks>
/// Keeps the newest 100,000 entries; the counters count all of them. Requests that a test makes through the emulator's
/// own objects, without HTTP, are not entered.
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

    /// <summary>HTTP requests since the start or the last <see cref="Reset"/>; a batch counts as one.</summary>
    public int RequestCount { get; private set; }

    /// <summary>
    /// HTTP requests that asked for a change, refused ones included; a batch counts as one if any part is a write.
    /// </summary>
    public int WriteRequestCount { get; private set; }

    /// <summary>
    /// HTTP requests that asked for no change: <see cref="RequestCount"/> less <see cref="WriteRequestCount"/>.
    /// </summary>
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
    /// Rows inserted, changed or deleted by requests and committed; see <see cref="LoggedRequest.RowWrites"/>.
    /// </summary>
    public int RowWriteCount { get; private set; }

    /// <summary>A copy of the entries.</summary>
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

    /// <summary>Forgets the entries and sets the counters to zero.</summary>
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
