using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads the records of uncertain writes to one table.</summary>
internal sealed class RecordReadback(RecordLookup lookup, TableDefinition table) : IRecordReadback
{
    /// <inheritdoc/>
    public bool KeepsChosenIds => table.Schema.KeepsChosenIds;

    /// <inheritdoc/>
    /// <remarks>Every field is read, so that the engine learns the values that the service computed.</remarks>
    public Task<IReadOnlyList<TableRecord>> ReadAsync(
        IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var shape = table.Shape(table.Schema.Fields.Select(field => field.Name));
        return lookup.ByIdAsync(table, shape, writes.Select(write => write.Id), cancellationToken);
    }

    /// <inheritdoc/>
    public bool HoldsValues(TableRecord record, WriteOperation operation) =>
        operation.Fields.All(write => StoredValues.IsSame(table.Schema.Find(write.Field)!, record[write.Field], write.Value));
}
