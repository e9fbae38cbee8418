namespace Dataverse.Sync.Shared;

/// <summary>Reads the caller's rights on secured columns, which one request tells for all tables.</summary>
/// <remarks>A table that is read a second time reads the rights again: they may have changed with it.</remarks>
/// <param name="request">Asks the service for the rights of a caller, who may be unknown; returns null where it does
/// not tell.</param>
internal sealed class ColumnRightsReader(Func<Guid?, CancellationToken, Task<ColumnRights?>> request)
{
    private readonly HashSet<string> served = new(StringComparer.Ordinal);
    private ColumnRights? rights;

    /// <summary>The rights for a table; null where the service does not tell.</summary>
    /// <param name="table">The table.</param>
    /// <param name="user">The caller; null where the service does not tell.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <exception cref="ConnectorException">The service cannot be reached.</exception>
    public async Task<ColumnRights?> ReadAsync(string table, Guid? user, CancellationToken cancellationToken)
    {
        if (served.Count > 0 && served.Add(table))
        {
            return rights;
        }

        rights = await request(user, cancellationToken).ConfigureAwait(false);
        served.Clear();
        _ = served.Add(table);
        return rights;
    }
}
