using Dataverse.Sync.Testing.Emulation;
using Microsoft.OData.Edm;

namespace Dataverse.Sync.Testing;

/// <summary>
/// One table of a <see cref="DataverseEmulator"/>, which a test reads and edits as another user of the organization,
/// without HTTP.
/// </summary>
/// <remarks>
/// Writes obey the data rules and advance versions, time stamps and change tracking. They bypass
/// <see cref="DataverseEmulator.WriteRules"/>, the faults, and the request log. Safe for concurrent use.
/// </remarks>
public sealed class DataverseTable
{
    private readonly DataverseStore store;
    private readonly DataverseRowWriter writer;
    private readonly Func<Guid> user;

    internal DataverseTable(string logicalName, DataverseStore store, DataverseRowWriter writer, Func<Guid> user)
    {
        LogicalName = logicalName;
        (this.store, this.writer, this.user) = (store, writer, user);
    }

    /// <summary>The logical name of the table.</summary>
    public string LogicalName { get; }

    /// <summary>A snapshot of the rows, ordered by their last write.</summary>
    public IReadOnlyList<DataverseRow> Rows => [.. store.State[LogicalName].Rows.Values.OrderBy(row => row.Version)];

    /// <summary>The number of rows.</summary>
    public int Count => store.State[LogicalName].Rows.Count;

    /// <summary>Whether delta queries are allowed.</summary>
    public bool ChangeTracking
    {
        get => Schema.Definition.ChangeTracking;
        set => Redefine(definition => definition with { ChangeTracking = value });
    }

    /// <summary>
    /// Whether the service compares the version in <c>If-Match</c>. If not, it refuses such requests.
    /// </summary>
    public bool OptimisticConcurrency
    {
        get => Schema.Definition.OptimisticConcurrency;
        set => Redefine(definition => definition with { OptimisticConcurrency = value });
    }

    /// <summary>Whether CreateMultiple, UpdateMultiple and UpsertMultiple are available.</summary>
    public bool BulkMessages
    {
        get => Schema.Definition.BulkMessages;
        set => Redefine(definition => definition with { BulkMessages = value });
    }

    private DataverseTableSchema Schema => store.Schema[LogicalName];

    /// <summary>Finds a row by its primary key.</summary>
    /// <param name="id">The primary key.</param>
    /// <returns>The row, or <see langword="null"/> if it does not exist.</returns>
    public DataverseRow? Find(Guid id) => store.State.Find(LogicalName, id);

    /// <summary>Gets a row by its primary key.</summary>
    /// <param name="id">The primary key.</param>
    /// <returns>The row.</returns>
    /// <exception cref="KeyNotFoundException">The row does not exist.</exception>
    public DataverseRow Get(Guid id) =>
        Find(id) ?? throw new KeyNotFoundException($"The table '{LogicalName}' has no row {id}.");

    /// <summary>Creates a row.</summary>
    /// <param name="values">
    /// Columns by logical name, with lookups as <see cref="DataverseReference"/>. They may include the primary key.
    /// </param>
    /// <returns>The row as stored.</returns>
    /// <exception cref="ArgumentException">
    /// A column does not exist, or a value violates a rule of the table.
    /// </exception>
    public DataverseRow Insert(params IEnumerable<(string Column, object? Value)> values) =>
        Write(transaction => writer.Create(transaction, Schema, Change(values)));

    /// <summary>Changes columns of a row.</summary>
    /// <param name="id">The primary key.</param>
    /// <param name="values">The columns to change, by logical name; <see langword="null"/> empties a column.</param>
    /// <returns>The row as stored.</returns>
    /// <exception cref="KeyNotFoundException">The row does not exist.</exception>
    /// <exception cref="ArgumentException">
    /// A column does not exist, or a value violates a rule of the table.
    /// </exception>
    public DataverseRow Update(Guid id, params IEnumerable<(string Column, object? Value)> values) =>
        Write(transaction => writer.Update(transaction, Schema, Existing(transaction, id), Change(values)));

    /// <summary>Changes the definition of a column while the emulator runs, for example its choices.</summary>
    /// <param name="column">The logical name.</param>
    /// <param name="change">Returns the changed definition, with the same name.</param>
    /// <remarks>Stored values stay as they are.</remarks>
    /// <exception cref="ArgumentException">The table has no such column, or the definition is inconsistent.</exception>
    public void ChangeColumn(string column, Func<DataverseColumn, DataverseColumn> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var changed = change(Schema[column]);
        if (changed.Name != column)
        {
            throw new ArgumentException($"The column '{column}' cannot be renamed.", nameof(change));
        }

        Redefine(definition => definition with
        {
            Columns = [.. definition.Columns.Where(other => other.Name != column), changed],
        });
    }

    /// <summary>Adds a column while the emulator runs.</summary>
    /// <param name="column">The definition.</param>
    /// <exception cref="ArgumentException">The table has the column, or the definition is inconsistent.</exception>
    public void AddColumn(DataverseColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (Schema.Find(column.Name) is not null)
        {
            throw new ArgumentException($"The table '{LogicalName}' has a column '{column.Name}'.", nameof(column));
        }

        Redefine(definition => definition with { Columns = [.. definition.Columns, column] });
    }

    /// <summary>Deletes a row, with the cascades of its relationships.</summary>
    /// <param name="id">The primary key.</param>
    /// <exception cref="KeyNotFoundException">The row does not exist.</exception>
    /// <exception cref="ArgumentException">A relationship restricts the deletion.</exception>
    public void Delete(Guid id) => Write(transaction =>
    {
        writer.Delete(transaction, Schema, Existing(transaction, id));
        return true;
    });

    /// <summary>Merges a row into another one, as a user does. It is deactivated, and its children follow.</summary>
    /// <param name="subordinate">The primary key of the row that is merged.</param>
    /// <param name="survivor">The primary key of the row that remains.</param>
    /// <param name="values">The values that the survivor takes over.</param>
    /// <exception cref="KeyNotFoundException">One of the rows does not exist.</exception>
    /// <exception cref="ArgumentException">Rows of the table cannot be merged, or one of them was merged before.</exception>
    public void Merge(Guid subordinate, Guid survivor, params IEnumerable<(string Column, object? Value)> values) =>
        Write(transaction =>
        {
            var row = Existing(transaction, subordinate);
            writer.Merge(transaction, Schema, row, Existing(transaction, survivor), Change(values));
            return true;
        });

    private DataverseRow Existing(DataverseTransaction transaction, Guid id) =>
        transaction.State.Find(LogicalName, id)
            ?? throw new KeyNotFoundException($"The table '{LogicalName}' has no row {id}.");

    private RowChange Change(IEnumerable<(string Column, object? Value)> values)
    {
        var change = new RowChange(new Dictionary<string, object?>());
        foreach (var (name, value) in values)
        {
            var column = Schema[name];
            change = name == Schema.Key && value is Guid id
                ? change with { Id = id }
                : change.With(column.Name, Widen(column, value));
        }

        return change;
    }

    // A test may write 5 for 5.0, but not a value of another kind.
    private static object? Widen(DataverseColumn column, object? value) =>
        (DataverseTableSchema.KindOf(column), value) switch
        {
            (_, null) => null,
            (EdmPrimitiveTypeKind.Decimal, int number) => (decimal)number,
            (EdmPrimitiveTypeKind.Double, int number) => (double)number,
            (EdmPrimitiveTypeKind.Int64, int number) => (long)number,
            (EdmPrimitiveTypeKind.String, string) or (EdmPrimitiveTypeKind.Boolean, bool)
                or (EdmPrimitiveTypeKind.Int32, int) or (EdmPrimitiveTypeKind.Int64, long)
                or (EdmPrimitiveTypeKind.Decimal, decimal) or (EdmPrimitiveTypeKind.Double, double)
                or (EdmPrimitiveTypeKind.DateTimeOffset, DateTimeOffset) or (EdmPrimitiveTypeKind.Date, DateOnly) =>
                    value,
            (EdmPrimitiveTypeKind.Guid, DataverseReference reference)
                when column.Targets.Any(target => target.Table == reference.Table) => value,
            (EdmPrimitiveTypeKind.Guid, Guid) when !column.IsLookup => value,
            _ => throw new ArgumentException(
                $"A {value.GetType().Name} cannot be the value of the column '{column.Name}' ({column.Type})."),
        };

    private T Write<T>(Func<DataverseTransaction, T> work)
    {
        try
        {
            return store.Write(new DataverseCaller(user(), IsTrusted: true), work);
        }
        catch (DataverseErrorException error)
        {
            throw new ArgumentException($"{error.Code}: {error.Message}", error);
        }
    }

    private void Redefine(Func<DataverseTableDefinition, DataverseTableDefinition> change) =>
        store.Redefine(LogicalName, change);
}
