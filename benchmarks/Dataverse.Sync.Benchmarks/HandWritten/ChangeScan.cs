using Dataverse.Sync.Benchmarks.Systems;
using SQLitePCL;

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
        var keys = file.Prepare($"SELECT id, version FROM {SqliteCustomers.Table}");
        while (file.Next(keys))
        {
            var id = SqliteCustomers.ReadId(keys, 0);
            if (known.TryGetValue(id, out var version) && version <= raw.sqlite3_column_int64(keys, 1))
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
        var select = file.Prepare($"{SqliteCustomers.SelectRow} WHERE version > ?1 ORDER BY version");
        file.Require(raw.sqlite3_bind_int64(select, 1, last));
        while (file.Next(select))
        {
            var record = SqliteCustomers.Read(select);
            changed.Add(record);
            last = raw.sqlite3_column_int64(select, 2);
            known[record.Id] = last;
        }

        return changed.Count;
    }
}
