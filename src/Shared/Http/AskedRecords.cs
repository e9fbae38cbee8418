using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>Checks that a read by id is answered with records that were asked for, and not with them over and over.</summary>
/// <remarks>Safe for concurrent use: the parts of one read share it.</remarks>
internal sealed class AskedRecords(IReadOnlySet<Guid> ids)
{
    // Pages are no snapshot: a record that moves meanwhile may come twice.
    private const int MaxRepetitions = 2;

    private int count;

    /// <exception cref="JsonException">A record was not asked for, or there are too many.</exception>
    public void Check(IReadOnlyList<TableRecord> records)
    {
        foreach (var record in records)
        {
            if (!ids.Contains(record.Id))
            {
                throw new JsonException("The answer holds a record that was not asked for.");
            }
        }

        if (Interlocked.Add(ref count, records.Count) > MaxRepetitions * ids.Count)
        {
            throw new JsonException("The answer holds the same records over and over.");
        }
    }
}
