namespace Dataverse.Sync.Testing;

/// <summary>
/// A table of an <see cref="InMemoryConnector"/>, seen from behind it: rows are read and edited as by another user.
/// </summary>
/// <remarks>
/// Edits made here are neither counted nor logged, meet no fault, may set fields that are read-only to the connector,
/// and otherwise follow the table's rules; what the rules refuse throws. Values are <see cref="FieldValue"/> or the
/// plain .NET value: text, boolean, whole number, decimal, <see cref="Guid"/>, <see cref="DateOnly"/>,
/// <see cref="DateTimeOffset"/>, null for blank. Safe for concurrent use.
/// </remarks>
public sealed class InMemoryTable
{
    private readonly RowStore store = new();
    private readonly RowWriter writer;
    private readonly FeedReader feeds;

    internal InMemoryTable(TableSchema schema, InMemoryTableOptions options, SystemState system)
    {
        (Schema, Options) = (schema, options);
        Layout = new RecordLayout(schema.Name, schema.Fields.Select(field => field.Name));
        RequireField(schema.KeyField);
        RequireField(schema.BusinessKeyField ?? schema.KeyField);
        RequireField(options.ModifiedOnField ?? schema.KeyField);
        writer = new RowWriter(schema, Layout, options, store, system);
        feeds = new FeedReader(schema, options, store, system);
    }

    /// <summary>What the connector tells of the table.</summary>
    public TableSchema Schema { get; }

    /// <summary>How the table behaves beyond its schema.</summary>
    public InMemoryTableOptions Options { get; }

    /// <summary>The layout of every record of the table: all fields of the schema in their order.</summary>
    public RecordLayout Layout { get; }

    /// <summary>The number of rows.</summary>
    public int Count
    {
        get
        {
            lock (store.Gate)
            {
                return store.Count;
            }
        }
    }

    /// <summary>The rows as they are now, in the order of their last change.</summary>
    public IReadOnlyList<TableRecord> Records
    {
        get
        {
            lock (store.Gate)
            {
                return store.Changes.After(-1);
            }
        }
    }

    /// <summary>A row; null when there is none with this id.</summary>
    public TableRecord? Find(Guid id)
    {
        lock (store.Gate)
        {
            return store.Find(id);
        }
    }

    /// <summary>Inserts a row with an id that the system chooses.</summary>
    /// <exception cref="InvalidOperationException">The table's rules refuse it.</exception>
    public TableRecord Insert(params ReadOnlySpan<(string Field, object? Value)> fields) => Insert(Guid.Empty, fields);

    /// <summary>Inserts a row with a given id, also where an insert through the connector would not keep it.</summary>
    /// <exception cref="InvalidOperationException">The table's rules refuse it.</exception>
    public TableRecord Insert(Guid id, params ReadOnlySpan<(string Field, object? Value)> fields) =>
        Edit(WriteKind.Insert, id, PlainValue.ToWrites(fields))!;

    /// <summary>Changes fields of a row, whatever its version is.</summary>
    /// <exception cref="InvalidOperationException">
    /// The row does not exist, or the table's rules refuse the values.
    /// </exception>
    public TableRecord Update(Guid id, params ReadOnlySpan<(string Field, object? Value)> fields) =>
        Edit(WriteKind.Update, id, PlainValue.ToWrites(fields))!;

    /// <summary>
    /// Carries out a write whose values are at hand as the connectors have them; the row afterwards, null for a
    /// deletion.
    /// </summary>
    /// <exception cref="InvalidOperationException">The table's rules refuse it.</exception>
    public TableRecord? Edit(WriteKind kind, Guid id, IReadOnlyList<FieldWrite> fields)
    {
        var result = writer.Write(new WriteOperation { Kind = kind, Id = id, Fields = fields }, asSystem: true);
        return result.Error is null
            ? Find(result.Id)
            : throw new InvalidOperationException($"{result.Status}: {result.Error.Message}");
    }

    /// <summary>Deletes a row; one that does not exist counts as deleted.</summary>
    public void Delete(Guid id) => Edit(WriteKind.Delete, id, []);

    /// <summary>
    /// Gives a row another stamp and version, such as that of a transaction that began earlier and commits now.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The row does not exist.</exception>
    public void Restamp(Guid id, DateTimeOffset modifiedOn) => writer.Restamp(id, modifiedOn);

    /// <summary>Lets every checkpoint given out so far be no longer honoured: the next feed covers the table.</summary>
    public void ExpireCheckpoints() => feeds.Epoch++;

    internal RowStoreImage Copy()
    {
        lock (store.Gate)
        {
            return store.Copy();
        }
    }

    internal void Restore(RowStoreImage image)
    {
        lock (store.Gate)
        {
            store.Restore(image);
        }
    }

    internal WriteResult Write(WriteOperation operation) => writer.Write(operation, asSystem: false);

    internal ChangeFeed BeginFeed(ChangeQuery query) => feeds.Begin(query);

    internal TableRecord[] Read(IReadOnlyCollection<Guid> ids)
    {
        lock (store.Gate)
        {
            return [.. ids.Distinct().Select(store.Find).OfType<TableRecord>()];
        }
    }

    internal TableRecord[] Search(string field, IReadOnlyCollection<FieldValue>? values)
    {
        lock (store.Gate)
        {
            return values is null
                ? store.Changes.After(-1)
                : [.. values.SelectMany(value => store.Find(Layout.IndexOf(field), value)).Distinct()
                    .Select(id => store.Find(id)!)];
        }
    }

    internal Guid[] ListKeys()
    {
        lock (store.Gate)
        {
            return [.. store.Ids];
        }
    }

    private void RequireField(string field)
    {
        if (Layout.IndexOf(field) < 0)
        {
            throw new ArgumentException($"The schema of table '{Schema.Name}' lacks field '{field}', which it names.");
        }
    }
}
