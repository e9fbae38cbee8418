using System.Collections.Concurrent;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>
/// The rows written by requests that have not finished yet. Another request that writes one of them becomes the victim
/// of a deadlock.
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
