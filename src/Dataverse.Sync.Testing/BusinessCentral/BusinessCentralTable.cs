using System.Text.Json;
using System.Text.Json.Nodes;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>One table of one company, which a test reads and edits as another user of Business Central.</summary>
/// <remarks>
/// Stamps, tags, numbers, cascades and refusals are those of the API page, but nothing is sent over HTTP, counted, or
/// checked against a tag. Rows are JSON objects as the API prints them, without annotations; returned rows are copies.
/// Safe for concurrent use.
/// </remarks>
public sealed class BusinessCentralTable
{
    private readonly Database database;
    private readonly Guid company;
    private readonly PageSchema schema;

    internal BusinessCentralTable(Database database, Guid company, PageSchema schema) =>
        (this.database, this.company, this.schema) = (database, company, schema);

    /// <summary>The name of the entity set.</summary>
    public string Name => schema.Set;

    /// <summary>The number of rows.</summary>
    public int Count => PageRows.Count(database.Current.Company(company), schema.Name);

    /// <summary>A snapshot of the rows, ordered by the primary key.</summary>
    public IReadOnlyList<JsonObject> Rows
    {
        get
        {
            var view = database.Current.Company(company);
            return [.. PageRows.Of(view, schema.Name).Select(row => RowJson.ToNode(row, view))];
        }
    }

    /// <summary>Finds a row by id.</summary>
    /// <param name="id">The id of the row.</param>
    /// <returns>A copy of the row, or <see langword="null"/> if it does not exist.</returns>
    public JsonObject? Get(Guid id)
    {
        var view = database.Current.Company(company);
        return PageRows.Find(view, schema.Name, id) is { } row ? RowJson.ToNode(row, view) : null;
    }

    /// <summary>Finds the first row, ordered by the primary key, whose property has a value.</summary>
    /// <param name="property">The name of the property.</param>
    /// <param name="value">The value as text. Letter case is ignored.</param>
    /// <returns>A copy of the row, or <see langword="null"/> if no row matches.</returns>
    /// <exception cref="ArgumentException">The table has no property with this name.</exception>
    public JsonObject? Find(string property, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _ = schema.Ordinal(property);
        return Rows.FirstOrDefault(
            row => string.Equals(row[property]?.ToString(), value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Creates a row.</summary>
    /// <param name="values">The properties and their values.</param>
    /// <returns>The row as stored, including defaults, template values, and values that validation added.</returns>
    /// <exception cref="BusinessCentralException">Business Central refuses the row.</exception>
    public JsonObject Insert(JsonObject values) => Insert(values, null);

    /// <summary>Changes properties of a row.</summary>
    /// <param name="id">The id of the row.</param>
    /// <param name="changes">The properties to change and their new values.</param>
    /// <returns>The row as stored.</returns>
    /// <exception cref="BusinessCentralException">
    /// The row does not exist, or Business Central refuses the values.
    /// </exception>
    public JsonObject Update(Guid id, JsonObject changes) => Update(id, changes, null);

    /// <summary>Deletes a row.</summary>
    /// <param name="id">The id of the row.</param>
    /// <exception cref="BusinessCentralException">
    /// The row does not exist, or Business Central refuses the deletion.
    /// </exception>
    public void Delete(Guid id) => Write(null, transaction =>
    {
        PageWriter.Delete(Existing(transaction, id), transaction);
        return true;
    });

    /// <summary>
    /// Sets values without business logic and without a new stamp, as when a FlowField changes with its entries or a
    /// data upgrade runs.
    /// </summary>
    /// <param name="id">The id of the row.</param>
    /// <param name="values">
    /// The properties and their values. Read-only properties are allowed, but not the id and the primary key.
    /// </param>
    /// <returns>The row as stored.</returns>
    /// <exception cref="BusinessCentralException">The row does not exist, or a value has the wrong form.</exception>
    public JsonObject Overwrite(Guid id, JsonObject values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Write(null, transaction =>
        {
            var before = Existing(transaction, id);
            var draft = new RowDraft(schema, before);
            foreach (var (name, value) in values)
            {
                draft[name] = FieldValues.Read(
                    JsonSerializer.SerializeToElement(value), schema.Fields[schema.Ordinal(name)]);
            }

            return Shown(
                transaction, transaction.Replace(before, draft.ToRow(before.ModifiedAt, transaction.NextVersion())));
        });
    }

    /// <summary>
    /// Marks a row as used, or no longer used, by ledger entries or open tasks. A used row cannot be deleted.
    /// </summary>
    /// <param name="id">The id of the row.</param>
    /// <param name="isInUse">Whether the row is used. Default <see langword="true"/>.</param>
    /// <exception cref="BusinessCentralException">The row does not exist.</exception>
    public void SetInUse(Guid id, bool isInUse = true) => Mark(id, before => (isInUse, before.IsHidden));

    /// <summary>
    /// Hides a row from clients, or shows it again, as a security filter of a permission set does. Lists leave it out. A
    /// request for it is refused with <see cref="BusinessCentralEmulatorOptions.HiddenRecordStatus"/>.
    /// </summary>
    /// <param name="id">The id of the row.</param>
    /// <param name="isHidden">Whether the row is hidden. Default <see langword="true"/>.</param>
    /// <exception cref="BusinessCentralException">The row does not exist.</exception>
    public void SetHidden(Guid id, bool isHidden = true) => Mark(id, before => (before.IsInUse, isHidden));

    /// <summary>
    /// Begins a slow transaction that inserts a row. It receives its stamp now, but the row appears only when
    /// <see cref="BusinessCentralLateWrite.Commit"/> is called, when clients may already have read newer stamps.
    /// </summary>
    /// <param name="values">The properties and their values.</param>
    /// <returns>The pending write.</returns>
    public BusinessCentralLateWrite BeginInsert(JsonObject values)
    {
        var stamp = database.NextStamp();
        return new BusinessCentralLateWrite(() => Insert(values, stamp));
    }

    /// <summary>Begins a slow transaction that changes a row; see <see cref="BeginInsert"/>.</summary>
    /// <param name="id">The id of the row.</param>
    /// <param name="changes">The properties to change and their new values.</param>
    /// <returns>The pending write.</returns>
    public BusinessCentralLateWrite BeginUpdate(Guid id, JsonObject changes)
    {
        var stamp = database.NextStamp();
        return new BusinessCentralLateWrite(() => Update(id, changes, stamp));
    }

    private void Mark(Guid id, Func<PageRow, (bool IsInUse, bool IsHidden)> marks) => Write(null, transaction =>
    {
        var before = Existing(transaction, id);
        var (isInUse, isHidden) = marks(before);
        var after = new PageRow(schema, id, before.Values)
        {
            CreatedAt = before.CreatedAt,
            ModifiedAt = before.ModifiedAt,
            Version = before.Version,
            IsInUse = isInUse,
            IsHidden = isHidden,
        };
        return transaction.Replace(before, after);
    });

    private JsonObject Insert(JsonObject values, DateTimeOffset? stamp)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Write(
            stamp,
            transaction => Shown(
                transaction, PageWriter.Insert(schema, JsonSerializer.SerializeToElement(values), transaction)));
    }

    private JsonObject Update(Guid id, JsonObject changes, DateTimeOffset? stamp)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Write(stamp, transaction =>
            Shown(
                transaction,
                PageWriter.Modify(Existing(transaction, id), JsonSerializer.SerializeToElement(changes), transaction)));
    }

    private T Write<T>(DateTimeOffset? stamp, Func<Transaction, T> work) => database.Write(company, stamp, work);

    private PageRow Existing(Transaction transaction, Guid id) =>
        PageRows.Find(transaction.View, schema.Name, id) ?? throw Errors.NoRecord(schema.Set);

    private JsonObject Shown(Transaction transaction, PageRow row) => RowJson.ToNode(
        PageRows.Find(transaction.View, schema.Name, row.Id) ?? row, transaction.View);
}
