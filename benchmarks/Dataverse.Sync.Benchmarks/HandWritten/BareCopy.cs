using Dataverse.Sync.Benchmarks.Measuring;
using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>Bare inserts of what a first run writes: the rows of the target, and the couplings; nothing is read.</summary>
internal sealed class BareCopy(int count)
{
    private readonly FieldValue[][] rows = [.. SqliteCustomers.MakeValues(count)];

    private readonly List<BareRow[]> couplings =
        [.. Enumerable.Range(0, count).Select(number => BareRow.Of(SqliteCustomers.MakeCoupling(number))).Chunk(SqliteCustomers.PageSize)];

    public Task<TimeSpan> TimeAsync()
    {
        using var folder = new TemporaryFolder();
        using var target = new SqliteFile(folder.File("target.db"));
        target.Run(SqliteCustomers.Script);
        using var table = new BareTable(folder.File("couplings.db"));
        return Rounds.TimeAsync(() =>
        {
            SqliteCustomers.Fill(target, SyncSide.Integration, rows);
            couplings.ForEach(table.Insert);
            return Task.CompletedTask;
        });
    }
}
