using System.Collections.Concurrent;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Rows written by requests that have not been answered yet; a second request that writes one is a deadlock's victim.</summary>
internal sealed class RowsInFlight(int status)
{
    private readonly ConcurrentDictionary<(string Table, Guid Id), DataverseSession> owners = new();

    /// <exception cref="DataverseErrorException">Another request holds one of the rows.</exception>
    public void Claim(DataverseSession session, IEnumerable<(string Table, Guid Id)> rows)
    {
        foreach (var row in rows)
        {
            if (owners.GetOrAdd(row, session) == session)
            {
                continue;
            }

            var deadlock = DataverseRejection.Deadlock(status);
            throw new DataverseErrorException(deadlock.Status, deadlock.Code, deadlock.Message);
        }
    }

    public void Release(DataverseSession session)
    {
        foreach (var (row, _) in owners.Where(owner => owner.Value == session))
        {
            _ = owners.TryRemove(row, out var _);
        }
    }
}
