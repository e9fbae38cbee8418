namespace Dataverse.Sync.Testing;

/// <summary>A change feed over a snapshot: changes made while its pages are read appear in the next feed.</summary>
internal sealed class ChangeFeed(TableRecord[] records, Guid[] deleted, int pageSize)
{
    public required ChangeCoverage Coverage { get; init; }

    /// <summary>The position of the next feed after all pages are applied.</summary>
    public required Checkpoint End { get; init; }

    /// <summary>
    /// The position of the next feed after the pages up to a record are applied; <see langword="null"/> if only the
    /// last page has a checkpoint.
    /// </summary>
    public Func<TableRecord, Checkpoint>? CheckpointAfter { get; init; }

    /// <summary>The number of pages; at least one, for the checkpoint.</summary>
    public int PageCount { get; } = Math.Max(1, (records.Length + deleted.Length + pageSize - 1) / pageSize);

    /// <summary>A page, counted from zero. Deletions follow the records, as tombstones do in Dataverse.</summary>
    public ChangePage Page(int number)
    {
        var (first, end) = (number * pageSize, Math.Min((number + 1) * pageSize, records.Length + deleted.Length));
        var (firstRecord, endRecord) = (Math.Min(first, records.Length), Math.Min(end, records.Length));
        var (firstDeleted, endDeleted) = (Math.Max(first - records.Length, 0), Math.Max(end - records.Length, 0));
        return new ChangePage
        {
            Records = new ArraySegment<TableRecord>(records, firstRecord, endRecord - firstRecord),
            Deleted = new ArraySegment<Guid>(deleted, firstDeleted, endDeleted - firstDeleted),
            Checkpoint = number == PageCount - 1 ? End : CheckpointAfter?.Invoke(records[endRecord - 1]),
            Coverage = Coverage,
        };
    }
}
