using System.Collections.Concurrent;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// Rows written by requests that have not been answered yet; a second request that writes one is a deadlock's victim.
/// </summary>
internal sealed class RowsInFlight(int status)
{
    private readonly ConcurrentDictionary<(string Table, Guid Id), object> owners = new();

    /// <summary>Registers rows that a request has written and not yet answered.</summary>
    /// <param name="owner">The request; compared by reference.</param>
    /// <param name="rows">The written rows.</param>
    /// <exception cref="DataverseErrorException">Another request holds one of the rows.</exception>
    public void Claim(object owner, IEnumerable<(string Table, Guid Id)> rows)
    {
        foreach (var row in rows)
        {
            if (owners.GetOrAdd(row, owner) == owner)
            {
                continue;
            }

            var deadlock = DataverseRejection.Deadlock(status);
            throw new DataverseErrorException(deadlock.Status, deadlock.Code, deadlock.Message);
        }
    }

    public void Release(object owner)
    {
        foreach (var (row, _) in owners.Where(entry => entry.Value == owner))
        {
            _ = owners.TryRemove(row, out var _);
        }
    }
}
