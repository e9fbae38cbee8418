using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Creates, updates and deletes rows by the platform's rules, inside a transaction.</summary>
internal sealed class DataverseRowWriter(
    DataverseEmulatorOptions options, DataverseWriteRules rules, DataverseSecurity security)
{
    private readonly RowComputations computations = new(options);
    private readonly ConcurrentQueue<DataverseReference> lateCascades = new();
    private long sequence;

    /// <exception cref="DataverseErrorException">The row exists, or its values break a rule.</exception>
    public DataverseRow Create(DataverseTransaction transaction, DataverseTableSchema table, RowChange change)
    {
        security.CheckCreate(table, change.Values.Keys, transaction.Caller);
        foreach (var nested in change.Nested.Where(nested => !nested.IsInCollection))
        {
            var target = Create(transaction, transaction.State.Schema[nested.Table], nested.Change);
            change = change.With(nested.Column, new DataverseReference(nested.Table, target.Id));
        }

        var id = change.Id is { } given && given != Guid.Empty
            ? given
            : SequentialGuid.Next(transaction.Now, Interlocked.Increment(ref sequence));
        if (transaction.State.Find(table.LogicalName, id) is not null)
        {
            throw DataverseErrors.Duplicate();
        }

        var row = New(transaction, table, id, Accepted(transaction.State, table, change, isCreate: true));
        rules.Check(new DataverseWrite(DataverseWriteKind.Create, table.LogicalName, null, row), transaction.Caller);
        var written = transaction.Put(row, change.Values.Keys);
        transaction.CountRowWrite();
        foreach (var nested in change.Nested.Where(nested => nested.IsInCollection))
        {
            _ = Create(
                transaction, transaction.State.Schema[nested.Table],
                nested.Change.With(nested.Column, new DataverseReference(table.LogicalName, id)));
        }

        return written;
    }

    /// <summary>Also a change without any difference is a write: the row gets a new version.</summary>
    /// <exception cref="DataverseErrorException">The values break a rule.</exception>
    public DataverseRow Update(
        DataverseTransaction transaction, DataverseTableSchema table, DataverseRow row, RowChange change)
    {
        security.CheckUpdate(table, row, change.Values.Keys, transaction.Caller);
        var written = Change(transaction, table, row, change);
        transaction.CountRowWrite();
        return written;
    }

    /// <exception cref="DataverseErrorException">A reference restricts the delete, or a rule forbids it.</exception>
    public void Delete(DataverseTransaction transaction, DataverseTableSchema table, DataverseRow row)
    {
        security.CheckRow("DeleteAccess", row, transaction.Caller);
        DeleteCascading(transaction, table, row);
        transaction.CountRowWrite();
    }

    /// <summary>
    /// Merges a row into another one: the row is deactivated and refers to the survivor, and its children follow.
    /// </summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="table">The table of both rows.</param>
    /// <param name="subordinate">The row that is merged.</param>
    /// <param name="survivor">The row that remains.</param>
    /// <param name="content">The values that the survivor takes over.</param>
    /// <exception cref="DataverseErrorException">Rows of the table cannot be merged, or the row was merged before.</exception>
    public void Merge(
        DataverseTransaction transaction, DataverseTableSchema table, DataverseRow subordinate, DataverseRow survivor,
        RowChange content)
    {
        if (table.Find("merged") is null || table.Find("masterid") is null)
        {
            throw DataverseErrors.InvalidArgument($"Rows of {table.LogicalName} cannot be merged.");
        }

        if (subordinate.Id == survivor.Id || subordinate["merged"] is true || survivor["merged"] is true)
        {
            throw DataverseErrors.InvalidArgument("The rows cannot be merged.");
        }

        _ = Change(transaction, table, survivor, content);
        foreach (var (referring, column, _) in transaction.State.Schema.ReferencesTo(table.LogicalName)
            .Where(reference => reference.Target.CascadesMerge))
        {
            foreach (var child in Referring(transaction, referring, column, subordinate))
            {
                object? parent = child.Id == survivor.Id ? null : new DataverseReference(table.LogicalName, survivor.Id);
                _ = Change(
                    transaction, referring, child, new RowChange(new Dictionary<string, object?> { [column.Name] = parent }));
            }
        }

        var present = transaction.State.Find(table.LogicalName, subordinate.Id)!;
        var inactive = StateRules.Complete(
            table, present, new Dictionary<string, object?> { [SystemColumns.State] = 1 }, options);
        var merged = inactive.Aggregate(present, (current, value) => current.With(value.Key, value.Value))
            .With("merged", true)
            .With("masterid", new DataverseReference(table.LogicalName, survivor.Id))
            .With(SystemColumns.ModifiedOn, transaction.Now);
        rules.Check(new DataverseWrite(DataverseWriteKind.Update, table.LogicalName, present, merged), transaction.Caller);
        _ = transaction.Put(merged, inactive.Keys.Concat(["merged", "masterid"]));
        transaction.CountRowWrite();
    }

    private DataverseRow Change(
        DataverseTransaction transaction, DataverseTableSchema table, DataverseRow row, RowChange change)
    {
        var accepted = StateRules.Complete(
            table, row, Accepted(transaction.State, table, change, isCreate: false), options);
        var updated = accepted.Aggregate(row, (current, value) => current.With(value.Key, value.Value))
            .With(SystemColumns.ModifiedOn, transaction.Now)
            .With(SystemColumns.ModifiedBy, new DataverseReference("systemuser", transaction.Caller.User))
            .With(SystemColumns.ModifiedOnBehalfBy, Behalf(transaction));
        updated = computations.Apply(transaction.State, table, updated, row);
        TableRules.CheckUpdate(transaction.State, table, row, updated);
        rules.Check(new DataverseWrite(DataverseWriteKind.Update, table.LogicalName, row, updated), transaction.Caller);
        var written = transaction.Put(updated, accepted.Keys);
        if (options.CascadeAssign && !Equals(row[SystemColumns.Owner], written[SystemColumns.Owner]))
        {
            CascadeOwner(transaction, written);
        }

        return written;
    }

    private DataverseRow New(
        DataverseTransaction transaction, DataverseTableSchema table, Guid id,
        IReadOnlyDictionary<string, object?> accepted)
    {
        var user = new DataverseReference("systemuser", transaction.Caller.User);
        var values = ImmutableDictionary.CreateBuilder<string, object>(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(column => column.Default is not null))
        {
            values[column.Name] = column.Default!;
        }

        var row = new DataverseRow(table.LogicalName, id, 0, values.ToImmutable())
            .With(SystemColumns.CreatedOn, transaction.Now)
            .With(SystemColumns.ModifiedOn, transaction.Now)
            .With(SystemColumns.CreatedBy, user)
            .With(SystemColumns.ModifiedBy, user)
            .With(SystemColumns.CreatedOnBehalfBy, Behalf(transaction))
            .With(SystemColumns.ModifiedOnBehalfBy, Behalf(transaction));
        if (table.Definition.Ownership is DataverseOwnership.UserOwned)
        {
            row = row.With(SystemColumns.Owner, user);
        }

        row = accepted.Aggregate(row, (current, value) => current.With(value.Key, value.Value));
        if (options.SwapOverriddenCreatedOn && row[SystemColumns.OverriddenCreatedOn] is { } earlier)
        {
            row = row.With(SystemColumns.CreatedOn, earlier).With(SystemColumns.OverriddenCreatedOn, transaction.Now);
        }

        row = computations.Apply(transaction.State, table, row, before: null);
        StateRules.CheckCreate(table, row);
        TableRules.CheckCreate(transaction.State, table, row);
        return row;
    }

    private Dictionary<string, object?> Accepted(
        DatabaseState state, DataverseTableSchema table, RowChange change, bool isCreate)
    {
        var other = isCreate ? DataverseColumnAccess.UpdateOnly : DataverseColumnAccess.CreateOnly;
        var accepted = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in change.Values)
        {
            var column = table[name];
            if (column.Access is DataverseColumnAccess.ReadOnly || column.Access == other || name == table.Key)
            {
                continue;
            }

            if (value is DataverseReference reference && state.Find(reference) is null)
            {
                throw DataverseErrors.RowMissing(state.Schema[reference.Table], reference.Id);
            }

            accepted[name] = ColumnValidation.Check(table, column, value, options);
        }

        return accepted;
    }

    private void CascadeOwner(DataverseTransaction transaction, DataverseRow parent)
    {
        var owner = new RowChange(
            new Dictionary<string, object?> { [SystemColumns.Owner] = parent[SystemColumns.Owner] });
        foreach (var (table, column, target) in transaction.State.Schema.ReferencesTo(parent.Table)
            .Where(reference => reference.Target.CascadesAssign))
        {
            foreach (var child in Referring(transaction, table, column, parent))
            {
                if (!Equals(child[SystemColumns.Owner], parent[SystemColumns.Owner]))
                {
                    _ = Change(transaction, table, child, owner);
                }
            }
        }
    }

    private void DeleteCascading(DataverseTransaction transaction, DataverseTableSchema table, DataverseRow row)
    {
        TableRules.CheckDelete(transaction.State, table, row);
        rules.Check(new DataverseWrite(DataverseWriteKind.Delete, table.LogicalName, row, null), transaction.Caller);
        transaction.Remove(row);
        if (options.CascadesLate)
        {
            lateCascades.Enqueue(new(row.Table, row.Id));
        }
        else
        {
            ReleaseChildren(transaction, table, row);
        }
    }

    /// <summary>Carries out a cascade that is late.</summary>
    /// <returns>Whether there was one.</returns>
    public bool CompleteCascade(DataverseTransaction transaction)
    {
        if (!lateCascades.TryDequeue(out var deleted))
        {
            return false;
        }

        var row = new DataverseRow(deleted.Table, deleted.Id, 0, ImmutableDictionary<string, object>.Empty);
        ReleaseChildren(transaction, transaction.State.Schema[deleted.Table], row);
        return true;
    }

    private void ReleaseChildren(DataverseTransaction transaction, DataverseTableSchema table, DataverseRow row)
    {
        foreach (var (referring, column, target) in transaction.State.Schema.ReferencesTo(table.LogicalName))
        {
            if (target.OnDelete is DataverseDeleteBehavior.None)
            {
                continue;
            }

            foreach (var child in Referring(transaction, referring, column, row))
            {
                Release(transaction, referring, column, target.OnDelete, child);
            }
        }
    }

    private void Release(
        DataverseTransaction transaction, DataverseTableSchema table, DataverseColumn column,
        DataverseDeleteBehavior behavior, DataverseRow child)
    {
        // Another cascade may have deleted the row in the meantime.
        if (transaction.State.Find(child.Table, child.Id) is not { } present)
        {
            return;
        }

        if (behavior is DataverseDeleteBehavior.Restrict)
        {
            throw new DataverseErrorException(
                405, "0x80040227",
                $"The object cannot be deleted because it is associated with another object: {table.LogicalName}.");
        }

        if (behavior is DataverseDeleteBehavior.Cascade)
        {
            DeleteCascading(transaction, table, present);
        }
        else
        {
            _ = Change(
                transaction, table, present, new RowChange(new Dictionary<string, object?> { [column.Name] = null }));
        }
    }

    private static DataverseRow[] Referring(
        DataverseTransaction transaction, DataverseTableSchema table, DataverseColumn column, DataverseRow row) =>
        [.. transaction.State[table.LogicalName].Referring(column, new DataverseReference(row.Table, row.Id))];

    private static DataverseReference? Behalf(DataverseTransaction transaction) =>
        transaction.Caller.OnBehalf is { } real ? new DataverseReference("systemuser", real) : null;
}
