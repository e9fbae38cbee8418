namespace Dataverse.Sync.Execution;

/// <summary>
/// Reads the schemas that compilations need, each table once: a connector reads the definition of a table anew when it is
/// asked a second time.
/// </summary>
/// <remarks>Not safe for concurrent use. The reads themselves run at the same time.</remarks>
internal sealed class SchemaReader(Sides<ITableConnector> systems)
{
    private readonly Dictionary<(SyncSide Side, string Table), Task<TableSchema?>> schemas = [];

    /// <summary>Begins to read the tables of mappings, so that their requests do not wait for each other.</summary>
    public void Begin(IEnumerable<IIntegrationTableMapping> mappings, CancellationToken cancellationToken)
    {
        foreach (var mapping in mappings)
        {
            Observe(Reading(SyncSide.Local, mapping.LocalTable, cancellationToken));
            Observe(Reading(SyncSide.Integration, mapping.IntegrationTable, cancellationToken));
        }
    }

    /// <summary>Returns the schema of a table, or null if the system has no such table or the name is empty.</summary>
    public async Task<TableSchema?> ReadAsync(SyncSide side, string? table, CancellationToken cancellationToken)
    {
        try
        {
            return await Reading(side, table, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            // The next mapping that needs the table asks again.
            _ = schemas.Remove((side, table!));
            throw;
        }
    }

    /// <summary>
    /// Forgets the tables that were missing, which may exist when the mappings have changed, and reads that failed.
    /// </summary>
    public void ForgetMissing()
    {
        foreach (var (table, reading) in schemas.ToList())
        {
            if (reading is not { IsCompletedSuccessfully: true, Result: not null })
            {
                _ = schemas.Remove(table);
            }
        }
    }

    // A mapping whose first table cannot be read does not look at its second one.
    private static void Observe(Task reading) => _ = reading.ContinueWith(
        static failed => _ = failed.Exception,
        CancellationToken.None,
        TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
        TaskScheduler.Default);

    private Task<TableSchema?> Reading(SyncSide side, string? table, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(table))
        {
            return Task.FromResult<TableSchema?>(null);
        }

        if (!schemas.TryGetValue((side, table), out var reading))
        {
            reading = AskAsync(side, table, cancellationToken);
            schemas.Add((side, table), reading);
        }

        return reading;
    }

    // A connector may throw before it returns a task. That is a failed read like any other.
    private async Task<TableSchema?> AskAsync(SyncSide side, string table, CancellationToken cancellationToken) =>
        await systems[side].GetSchemaAsync(table, cancellationToken).ConfigureAwait(false);
}
