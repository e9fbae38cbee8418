using Dataverse.Sync.Benchmarks.Systems;

namespace Dataverse.Sync.Benchmarks.HandWritten;

/// <summary>
/// What a hand-written program does at the least to find what happened in a table since it looked last: it reads the rows with a higher version, and
/// looks for deletions by comparing the ids of all rows with those that it knows.
/// </summary>
internal sealed class ChangeScan(string path) : IDisposable
{
    private readonly SqliteFile file = new(path);
    private readonly Dictionary<Guid, long> known = [];
    private long last;

    /// <summary>Looks for changes and deletions.</summary>
    /// <returns>How many rows changed or are new, and how many are gone.</returns>
    public (int Changed, int Gone) Run()
    {
        var changed = ReadChanged();
        var present = 0;
        using var row = file.Prepare($"SELECT id, version FROM {SqliteCustomers.Table}", 0).ExecuteReader();
        while (row.Read())
        {
            if (known.TryGetValue(SqliteCustomers.ReadId(row, 0), out var version) && version <= row.GetInt64(1))
            {
                present++;
            }
        }

        return (changed, known.Count - present);
    }

    public void Dispose() => file.Dispose();

    private int ReadChanged()
    {
        var changed = new List<TableRecord>();
        var select = file.Prepare($"{SqliteCustomers.SelectRow} WHERE version > @p0 ORDER BY version", 1);
        select.Parameters[0].Value = last;
        using var row = select.ExecuteReader();
        while (row.Read())
        {
            var record = SqliteCustomers.Read(row);
            changed.Add(record);
            last = row.GetInt64(2);
            known[record.Id] = last;
        }

        return changed.Count;
    }
}
