using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>
/// Checks that a read by id returns only the records that were requested, and does not repeat them without end.
/// </summary>
/// <remarks>Safe for concurrent use: the parts of one read share an instance.</remarks>
internal sealed class RequestedIds(IReadOnlySet<Guid> ids)
{
    // Pages are not a snapshot: a record that moves between two pages may be returned twice.
    private const int MaxRepetitions = 2;

    private int count;

    /// <summary>Checks the next records of the read.</summary>
    /// <exception cref="JsonException">A record was not requested, or more records were returned than can have been
    /// requested.</exception>
    public void Check(IReadOnlyList<TableRecord> records)
    {
        foreach (var record in records)
        {
            if (!ids.Contains(record.Id))
            {
                throw new JsonException("The response holds a record that was not requested.");
            }
        }

        if (Interlocked.Add(ref count, records.Count) > MaxRepetitions * ids.Count)
        {
            throw new JsonException("The response repeats the same records without end.");
        }
    }
}
