namespace Dataverse.Sync.Testing;

/// <summary>
/// The rows of a table in the order of their last change, so that a feed begins with a binary search and needs no
/// sorting.
/// </summary>
/// <remarks>
/// Append-only: a change leaves the former entry of the row as stale, and stale entries are removed when they are the
/// majority. Not safe for concurrent use.
/// </remarks>
internal sealed class ChangeLog
{
    private const int SweepThreshold = 1_024;

    private readonly List<Entry> entries = [];
    private int live;

    public void Append(Row row, DateTimeOffset stamp, bool isNew)
    {
        live += isNew ? 1 : 0;
        SweepIfMostlyStale();
        entries.Add(new Entry(row, row.Sequence, NewestOf(stamp)));
    }

    public void NoteRemoval() => live--;

    /// <summary>The records changed after a sequence number, in the order of their changes.</summary>
    public TableRecord[] After(long sequence) => Live(FirstIndex(entry => entry.Sequence > sequence), _ => true);

    /// <summary>The records stamped at or after an instant, by stamp.</summary>
    public TableRecord[] StampedFrom(DateTimeOffset stamp)
    {
        // A clock may step back, so stamps need not rise with the entries; the newest stamp so far does, and where that is still
        // below the instant so is every stamp before it.
        var records = Live(FirstIndex(entry => entry.NewestStamp >= stamp), record => record.ModifiedOn >= stamp);
        var isOrdered = true;
        for (var i = 1; i < records.Length && isOrdered; i++)
        {
            isOrdered = records[i - 1].ModifiedOn <= records[i].ModifiedOn;
        }

        return isOrdered ? records : [.. records.OrderBy(record => record.ModifiedOn)];
    }

    private TableRecord[] Live(int first, Func<TableRecord, bool> isWanted)
    {
        var found = new List<TableRecord>(Math.Min(entries.Count - first, live));
        for (var i = first; i < entries.Count; i++)
        {
            if (entries[i].IsLive && isWanted(entries[i].Row.Record!))
            {
                found.Add(entries[i].Row.Record!);
            }
        }

        return [.. found];
    }

    private int FirstIndex(Func<Entry, bool> isReached)
    {
        var (low, high) = (0, entries.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = isReached(entries[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private DateTimeOffset NewestOf(DateTimeOffset stamp) =>
        entries.Count > 0 && entries[^1].NewestStamp > stamp ? entries[^1].NewestStamp : stamp;

    private void SweepIfMostlyStale()
    {
        if (entries.Count > SweepThreshold && entries.Count > 2 * live)
        {
            _ = entries.RemoveAll(entry => !entry.IsLive);
        }
    }

    private readonly record struct Entry(Row Row, long Sequence, DateTimeOffset NewestStamp)
    {
        public bool IsLive => Row.Record is not null && Row.Sequence == Sequence;
    }
}
