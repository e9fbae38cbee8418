namespace Dataverse.Sync.Shared;

/// <summary>Reads the records of uncertain writes to one table.</summary>
internal sealed class RecordReadback(WriteContext context) : IRecordReadback
{
    /// <summary>Always true: the service keeps the ids of new records.</summary>
    public bool KeepsChosenIds => true;

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableRecord>> ReadAsync(
        IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var fields = writes.SelectMany(write => write.Operation.Fields).Select(write => write.Field);
        return context.Lookup.ByIdAsync(context.Table, fields, writes.Select(write => write.Id), cancellationToken);
    }

    /// <inheritdoc/>
    public bool HoldsValues(TableRecord record, WriteOperation operation) =>
        operation.Fields.All(write => StoredValues.IsSame(record[write.Field], Stored(write)));

    private FieldValue Stored(FieldWrite write)
    {
        var isName = write.Field == ColumnNames.FullName && !write.Value.IsBlank;
        return isName && context.Table.FullName is { } splitter
            ? FieldValue.Text(splitter.Fit(write.Value.AsText()).ToString())
            : write.Value;
    }
}
