using System.Collections.Concurrent;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Remembers the last row of each page as it was, because the next page begins after it in the order of the query, even
/// if the row itself has moved since.
/// </summary>
internal sealed class PageEnds
{
    private readonly ConcurrentDictionary<string, DataverseRow> rows = new(StringComparer.Ordinal);

    public string Remember(DataverseRow row)
    {
        var position = $"{row.Id:B}{row.Version}";
        rows[position] = row;
        return position;
    }

    /// <exception cref="DataverseErrorException">The position is none that was given out for the table.</exception>
    public DataverseRow Find(string position, string table) => rows.TryGetValue(position, out var row) && row.Table == table
        ? row
        : throw new DataverseErrorException(400, "0x8004430A", "The paging cookie is not known.");
}
