namespace Dataverse.Sync.Simulation;

/// <summary>One thing that happens in a history. Records are named by their place among those that exist, so that a step means something in every shortened history.</summary>
internal abstract record HistoryStep
{
    /// <summary>The company that it happens in; the first one where there is only one.</summary>
    public int Company { get; init; }

    public abstract ValueTask PerformAsync(World world, Company company);

    /// <summary>In place of a number: the record that was changed last.</summary>
    public const int Newest = -1;

    protected static TableRecord? Pick(IReadOnlyList<TableRecord> records, int place) =>
        records.Count == 0 ? null : place == Newest ? records[^1] : records[place % records.Count];

    protected static string Name(int place) => place == Newest ? "the newest" : $"number {place}";

    protected static SyncSide Other(SyncSide side) => side == SyncSide.Local ? SyncSide.Integration : SyncSide.Local;
}
