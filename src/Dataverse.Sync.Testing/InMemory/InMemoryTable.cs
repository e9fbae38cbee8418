namespace Dataverse.Sync.Testing;

/// <summary>
/// A table of an <see cref="InMemoryConnector"/>, seen from inside the system: a test reads and edits its rows as
/// another user.
/// </summary>
/// <remarks>
/// <para>
/// Edits made here are not counted, logged, or affected by faults. They may set fields that are read-only for the
/// connector. Otherwise they obey the rules of the table; an edit that breaks a rule throws.
/// </para>
/// <para>
/// Values are <see cref="FieldValue"/> or plain .NET values: <see cref="string"/>, <see cref="bool"/>, whole numbers,
/// <see cref="decimal"/>, <see cref="Guid"/>, <see cref="DateOnly"/>, <see cref="DateTimeOffset"/>,
/// <see cref="TimeSpan"/>, <see cref="TimeOnly"/>, and
/// <see langword="null"/> for a blank value. Safe for concurrent use.
/// </para>
/// </remarks>
public sealed class InMemoryTable
{
    private readonly RowStore store = new();
    private readonly RowWriter writer;
    private readonly FeedReader feeds;
    private readonly Visibility visibility;
    private volatile TableSchema schema;
    private volatile InMemoryTableOptions options;

    internal InMemoryTable(TableSchema schema, InMemoryTableOptions options, SystemState system)
    {
        (this.schema, this.options) = (schema, options);
        Layout = new RecordLayout(schema.Name, schema.Fields.Select(field => field.Name));
        RequireField(schema.KeyField);
        RequireField(schema.BusinessKeyField ?? schema.KeyField);
        RequireField(options.ModifiedOnField ?? schema.KeyField);
        visibility = new Visibility(Layout);
        visibility.Apply(schema, options.Fields);
        foreach (var field in options.Fields.Keys)
        {
            RequireField(field);
        }

        writer = new RowWriter(schema, Layout, options, store, system, visibility);
        feeds = new FeedReader(schema, options, store, system, visibility);
    }

    /// <summary>The schema that the connector reports.</summary>
    public TableSchema Schema => schema;

    /// <summary>The behavior of the table beyond its schema.</summary>
    public InMemoryTableOptions Options => options;

    /// <summary>The layout of every record: all fields of the schema, in the order of the schema.</summary>
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

    /// <summary>A snapshot of the rows, ordered by their last change.</summary>
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

    /// <summary>Finds a row by id.</summary>
    /// <param name="id">The id of the row.</param>
    /// <returns>The row, or <see langword="null"/> if no row has this id.</returns>
    public TableRecord? Find(Guid id)
    {
        lock (store.Gate)
        {
            return store.Find(id);
        }
    }

    /// <summary>Inserts a row with an id that the system chooses.</summary>
    /// <param name="fields">The fields and their values. Other fields remain blank.</param>
    /// <returns>The row as stored.</returns>
    /// <exception cref="InvalidOperationException">The rules of the table refuse the row.</exception>
    public TableRecord Insert(params ReadOnlySpan<(string Field, object? Value)> fields) => Insert(Guid.Empty, fields);

    /// <summary>Inserts a row with a given id, even if inserts through the connector cannot choose ids.</summary>
    /// <param name="id">The id; <see cref="Guid.Empty"/> lets the system choose.</param>
    /// <param name="fields">The fields and their values. Other fields remain blank.</param>
    /// <returns>The row as stored.</returns>
    /// <exception cref="InvalidOperationException">The rules of the table refuse the row.</exception>
    public TableRecord Insert(Guid id, params ReadOnlySpan<(string Field, object? Value)> fields) =>
        Edit(WriteKind.Insert, id, PlainValue.ToWrites(fields))!;

    /// <summary>Changes fields of a row, regardless of its version.</summary>
    /// <param name="id">The id of the row.</param>
    /// <param name="fields">The fields to change and their new values.</param>
    /// <returns>The row as stored.</returns>
    /// <exception cref="InvalidOperationException">
    /// The row does not exist, or the rules of the table refuse the values.
    /// </exception>
    public TableRecord Update(Guid id, params ReadOnlySpan<(string Field, object? Value)> fields) =>
        Edit(WriteKind.Update, id, PlainValue.ToWrites(fields))!;

    /// <summary>Executes a write with the values in the form that connectors use.</summary>
    /// <param name="kind">The kind of write.</param>
    /// <param name="id">The id of the row. For an insert, <see cref="Guid.Empty"/> lets the system choose.</param>
    /// <param name="fields">The fields and their values; empty for a deletion.</param>
    /// <returns>The row as stored, or <see langword="null"/> after a deletion.</returns>
    /// <exception cref="InvalidOperationException">The rules of the table refuse the write.</exception>
    public TableRecord? Edit(WriteKind kind, Guid id, IReadOnlyList<FieldWrite> fields)
    {
        var result = writer.Write(new WriteOperation { Kind = kind, Id = id, Fields = fields }, asSystem: true);
        return result.Error is null
            ? Find(result.Id)
            : throw new InvalidOperationException($"{result.Status}: {result.Error.Message}");
    }

    /// <summary>Deletes a row. Does nothing if the row does not exist.</summary>
    /// <param name="id">The id of the row.</param>
    public void Delete(Guid id) => Edit(WriteKind.Delete, id, []);

    /// <summary>
    /// Gives a row a new version and another stamp, as if a transaction that began earlier committed now.
    /// </summary>
    /// <param name="id">The id of the row.</param>
    /// <param name="modifiedOn">The stamp, which may be older than those of other rows.</param>
    /// <exception cref="KeyNotFoundException">The row does not exist.</exception>
    public void Restamp(Guid id, DateTimeOffset modifiedOn) => writer.Restamp(id, modifiedOn);

    /// <summary>Hides a row from the connector, as a role does that does not reach it. Its feeds never report it.</summary>
    /// <param name="id">The id of the row, which need not exist yet.</param>
    /// <remarks>Writes to the row are rejected with <see cref="InMemoryErrorCodes.AccessDenied"/>.</remarks>
    public void Hide(Guid id)
    {
        lock (store.Gate)
        {
            visibility.Hide(id);
        }
    }

    /// <summary>Shows a hidden row to the connector again. That is no change of the row.</summary>
    /// <param name="id">The id of the row.</param>
    public void Show(Guid id)
    {
        lock (store.Gate)
        {
            visibility.Show(id);
        }
    }

    /// <summary>Changes the definition of a field, which the schema tells from now on.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="change">Returns the changed definition, with the same name and type.</param>
    /// <remarks>Stored values stay as they are.</remarks>
    /// <exception cref="ArgumentException">
    /// The table has no such field, or the definition has another name or type.
    /// </exception>
    public void ChangeField(string field, Func<FieldSchema, FieldSchema> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        RequireField(field);
        var before = Schema.Find(field)!;
        var after = change(before);
        if (after.Name != before.Name || after.Type != before.Type)
        {
            throw new ArgumentException($"Field '{field}' keeps its name and type.", nameof(change));
        }

        Change(
            Schema with { Fields = [.. Schema.Fields.Select(other => other.Name == field ? after : other)] }, Options);
    }

    /// <summary>Changes what the system does to the values of a field without telling it in the schema.</summary>
    /// <param name="field">The name of the field.</param>
    /// <param name="change">Returns the changed settings.</param>
    /// <remarks>Stored values stay as they are.</remarks>
    /// <exception cref="ArgumentException">The table has no such field.</exception>
    public void ChangeStorage(string field, Func<InMemoryFieldOptions, InMemoryFieldOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        RequireField(field);
        var fields = new Dictionary<string, InMemoryFieldOptions>(Options.Fields);
        fields[field] = change(fields.GetValueOrDefault(field) ?? new InMemoryFieldOptions());
        Change(Schema, Options with { Fields = fields });
    }

    /// <summary>Makes every checkpoint issued so far invalid: the next feed covers the whole table.</summary>
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

    internal IReadOnlyDictionary<Guid, RecordPresence> PresenceOf(IEnumerable<Guid> ids)
    {
        lock (store.Gate)
        {
            return ids.Distinct().ToDictionary(id => id, PresenceOf);
        }

        RecordPresence PresenceOf(Guid id) => store.Find(id) is null ? RecordPresence.Gone
            : visibility.IsHidden(id) ? RecordPresence.Hidden
            : RecordPresence.Exists;
    }

    internal TableRecord[] Read(IReadOnlyCollection<Guid> ids)
    {
        lock (store.Gate)
        {
            return visibility.Shown([.. ids.Distinct().Select(store.Find).OfType<TableRecord>()]);
        }
    }

    internal TableRecord[] Search(string field, IReadOnlyCollection<FieldValue>? values)
    {
        lock (store.Gate)
        {
            var ordinal = Layout.IndexOf(field);
            var wanted = visibility.IsOpen(ordinal) ? values : values is null ? null : [];
            return visibility.Shown(wanted is null
                ? store.Changes.After(-1)
                : [.. wanted.SelectMany(value => store.Find(ordinal, value)).Distinct().Select(id => store.Find(id)!)]);
        }
    }

    internal RecordVersion[] ListKeys()
    {
        lock (store.Gate)
        {
            return [.. store.Ids.Where(id => !visibility.IsHidden(id)).Select(id => new RecordVersion(id, store.Find(id)!.Version))];
        }
    }

    private void Change(TableSchema changed, InMemoryTableOptions changedOptions)
    {
        lock (store.Gate)
        {
            (schema, options) = (changed, changedOptions);
            writer.Change(changed, changedOptions);
            visibility.Apply(changed, changedOptions.Fields);
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
