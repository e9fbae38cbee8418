namespace Dataverse.Sync.Execution;

/// <summary>
/// Reads the schemas that compilations need, each table once: a connector reads the definition of a table anew when it is
/// asked a second time.
/// </summary>
internal sealed class SchemaReader(Sides<ITableConnector> systems)
{
    private readonly Dictionary<(SyncSide Side, string Table), TableSchema?> schemas = [];

    /// <summary>Returns the schema of a table, or null if the system has no such table or the name is empty.</summary>
    public async Task<TableSchema?> ReadAsync(SyncSide side, string? table, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(table))
        {
            return null;
        }

        if (!schemas.TryGetValue((side, table), out var schema))
        {
            schema = await systems[side].GetSchemaAsync(table, cancellationToken).ConfigureAwait(false);
            schemas.Add((side, table), schema);
        }

        return schema;
    }

    /// <summary>Forgets the tables that were missing, which may exist when the mappings have changed.</summary>
    public void ForgetMissing()
    {
        foreach (var table in schemas.Where(item => item.Value is null).Select(item => item.Key).ToList())
        {
            _ = schemas.Remove(table);
        }
    }
}
