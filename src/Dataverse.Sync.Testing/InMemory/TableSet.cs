namespace Dataverse.Sync.Testing;

/// <summary>The tables of one in-memory system. Safe for concurrent use.</summary>
internal sealed class TableSet(string connector, SystemState system)
{
    private readonly Dictionary<string, InMemoryTable> tables = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <exception cref="ArgumentException">A table with this name exists, or the schema is inconsistent.</exception>
    public InMemoryTable Add(TableSchema schema, InMemoryTableOptions options)
    {
        var table = new InMemoryTable(schema, options, system);
        lock (gate)
        {
            return tables.TryAdd(schema.Name, table)
                ? table
                : throw new ArgumentException($"{connector} has a table '{schema.Name}' already.", nameof(schema));
        }
    }

    /// <summary>A snapshot of the tables.</summary>
    public IReadOnlyList<InMemoryTable> All
    {
        get
        {
            lock (gate)
            {
                return [.. tables.Values];
            }
        }
    }

    public InMemoryTable? Find(string name)
    {
        lock (gate)
        {
            return tables.GetValueOrDefault(name);
        }
    }

    /// <summary>The table of a call, which must have the fields that the call names.</summary>
    /// <exception cref="ConnectorException">The table or one of the fields does not exist.</exception>
    public InMemoryTable Require(string name, IEnumerable<string> fields)
    {
        var table = Find(name)
            ?? throw new ConnectorException(
                connector, ConnectorFailure.NotFound, $"{connector} has no table '{name}'.")
            {
                ContradictsSchema = true,
            };
        return fields.FirstOrDefault(field => table.Schema.Find(field) is null) is { } missing
            ? throw new ConnectorException(
                connector, ConnectorFailure.Refused, $"{connector}: table '{name}' has no field '{missing}'.")
            {
                ContradictsSchema = true,
            }
            : table;
    }

    public InMemoryBackup TakeBackup()
    {
        lock (gate)
        {
            return new InMemoryBackup(
                system.Sequence, tables.ToDictionary(table => table.Key, table => table.Value.Copy()));
        }
    }

    public void Restore(InMemoryBackup backup)
    {
        lock (gate)
        {
            system.Rewind(backup.Sequence);
            foreach (var (name, table) in tables)
            {
                table.Restore(backup.Tables.GetValueOrDefault(name) ?? new RowStoreImage([], []));
            }
        }
    }
}
