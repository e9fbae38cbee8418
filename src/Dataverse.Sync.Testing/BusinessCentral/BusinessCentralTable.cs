using System.Text.Json;
using System.Text.Json.Nodes;
using Dataverse.Sync.Testing.Emulation;

namespace Dataverse.Sync.Testing;

/// <summary>
/// One table of one company, seen from inside Business Central: what a test does here, another user did. Stamps, tags,
/// numbers, cascades and refusals are those of the API page, but nothing goes over HTTP, is counted, or needs a tag.
/// Rows are JSON objects as the API prints them, without annotations; those returned are copies. Safe for use from
/// several threads.
/// </summary>
public sealed class BusinessCentralTable
{
    private readonly Database database;
    private readonly Guid company;
    private readonly PageSchema schema;

    internal BusinessCentralTable(Database database, Guid company, PageSchema schema) =>
        (this.database, this.company, this.schema) = (database, company, schema);

    /// <summary>The entity set's name.</summary>
    public string Name => schema.Set;

    /// <summary>Number of rows.</summary>
    public int Count => database.Current.Table(company, schema.Name).Count;

    /// <summary>All rows as of now, in the order of the primary key.</summary>
    public IReadOnlyList<JsonObject> Rows
    {
        get
        {
            var view = database.Current.Company(company);
            return [.. view.Table(schema.Name).Rows.Select(row => RowJson.ToNode(row, view))];
        }
    }

    /// <summary>The row with this id, or null.</summary>
    public JsonObject? Get(Guid id)
    {
        var view = database.Current.Company(company);
        return view.Table(schema.Name).Find(id) is { } row ? RowJson.ToNode(row, view) : null;
    }

    /// <summary>
    /// The first row, in key order, whose property has this text; letter case ignored. Null for none.
    /// </summary>
    public JsonObject? Find(string property, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        _ = schema.Ordinal(property);
        return Rows.FirstOrDefault(
            row => string.Equals(row[property]?.ToString(), value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Creates a row.</summary>
    /// <returns>The row as stored, with everything that defaults, templates and validation added.</returns>
    /// <exception cref="BusinessCentralException">Business Central refuses.</exception>
    public JsonObject Insert(JsonObject values) => Insert(values, null);

    /// <summary>Changes properties of a row.</summary>
    /// <returns>The row as stored.</returns>
    /// <exception cref="BusinessCentralException">Business Central refuses, or there is no such row.</exception>
    public JsonObject Update(Guid id, JsonObject changes) => Update(id, changes, null);

    /// <summary>Deletes a row.</summary>
    /// <exception cref="BusinessCentralException">Business Central refuses, or there is no such row.</exception>
    public void Delete(Guid id) => Write(null, transaction =>
    {
        PageWriter.Delete(Existing(transaction, id), transaction);
        return true;
    });

    /// <summary>
    /// Sets values without any business logic and without moving the stamp: a FlowField that changed with its entries,
    /// or a data upgrade. Read-only properties are allowed; the id and the primary key are not.
    /// </summary>
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
    /// Marks a row as used by ledger entries or open tasks, or as used no more: a used row cannot be deleted.
    /// </summary>
    public void SetInUse(Guid id, bool isInUse = true) => Write(null, transaction =>
    {
        var before = Existing(transaction, id);
        var after = new PageRow(schema, id, before.Values)
        {
            CreatedAt = before.CreatedAt,
            ModifiedAt = before.ModifiedAt,
            Version = before.Version,
            IsInUse = isInUse,
        };
        return transaction.Replace(before, after);
    });

    /// <summary>
    /// Begins a slow transaction that inserts a row: the stamp is taken now, but the row is there only after
    /// <see cref="BusinessCentralLateWrite.Commit"/>, when newer stamps may already have been read.
    /// </summary>
    public BusinessCentralLateWrite BeginInsert(JsonObject values)
    {
        var stamp = database.NextStamp();
        return new BusinessCentralLateWrite(() => Insert(values, stamp));
    }

    /// <summary>Begins a slow transaction that changes a row; see <see cref="BeginInsert"/>.</summary>
    public BusinessCentralLateWrite BeginUpdate(Guid id, JsonObject changes)
    {
        var stamp = database.NextStamp();
        return new BusinessCentralLateWrite(() => Update(id, changes, stamp));
    }

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
        transaction.Table(schema.Name).Find(id) ?? throw Errors.NoRecord(schema.Set);

    private static JsonObject Shown(Transaction transaction, PageRow row) => RowJson.ToNode(row, transaction.View);
}
