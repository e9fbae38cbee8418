using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Finds out what became of writes whose answers were lost, by reading the records again.</summary>
/// <remarks>
/// A record that holds the values was written, whoever wrote them. One that still has the expected version was not, or not yet: a
/// write that arrives late then bumps the version, and a repetition with the old one is refused. Without an expected version, or
/// for an insert without a chosen id, nothing can be decided; and even an absent record may still be on its way.
/// </remarks>
internal sealed class LostWrites(TableReader reader, ILogger logger)
{
    public async Task SettleAsync(
        TableDefinition table, IReadOnlyList<WriteOperation> operations, IReadOnlyList<int> lost, ConnectorFailure failure, WriteResult?[] results, CancellationToken cancellationToken)
    {
        BusinessCentralLog.AnswerLost(logger, lost.Count, table.Name, failure);
        var found = await ReadAsync(table, operations, lost, cancellationToken).ConfigureAwait(false);
        foreach (var index in lost)
        {
            results[index] = found is null || !IsRecognizable(table, operations[index])
                ? Unknown(operations[index])
                : Judge(table.Schema, operations[index], found.GetValueOrDefault(operations[index].Id));
        }
    }

    private async Task<Dictionary<Guid, TableRecord>?> ReadAsync(
        TableDefinition table, IReadOnlyList<WriteOperation> operations, IReadOnlyList<int> lost, CancellationToken cancellationToken)
    {
        var ids = lost.Where(index => IsRecognizable(table, operations[index])).Select(index => operations[index].Id).ToList();
        if (ids.Count == 0)
        {
            return null;
        }

        try
        {
            var shape = table.Shape(table.Schema.Fields.Select(field => field.Name));
            var records = await reader.ReadByIdAsync(table, shape, ids, cancellationToken).ConfigureAwait(false);
            return records.ToDictionary(record => record.Id);
        }
        catch (ConnectorException)
        {
            // Still unreachable: the journal settles the writes in the next run.
            return null;
        }
    }

    private static bool IsRecognizable(TableDefinition table, WriteOperation operation) =>
        operation.Kind == WriteKind.Insert ? table.Schema.KeepsChosenIds : operation.ExpectedVersion is not null;

    private static WriteResult Judge(TableSchema table, WriteOperation operation, TableRecord? record) => (operation.Kind, record) switch
    {
        (WriteKind.Insert, null) => Unknown(operation),
        (WriteKind.Update, null) => Failed(operation, WriteStatus.NotFound, SyncErrorCodes.NotFound, "The record does not exist any more."),
        (WriteKind.Delete, null) => new WriteResult { Status = WriteStatus.Applied, Id = operation.Id },
        (WriteKind.Insert or WriteKind.Update, not null) when HoldsAll(table, record, operation.Fields) => new WriteResult
        {
            Status = WriteStatus.Applied,
            Id = record.Id,
            Version = record.Version,
            Record = record,
        },
        (WriteKind.Insert, _) => Failed(operation, WriteStatus.AlreadyExists, SyncErrorCodes.AlreadyExists, "A record with this id and other values exists."),
        _ when operation.ExpectedVersion == record?.Version =>
            Failed(operation, WriteStatus.Transient, SyncErrorCodes.Transient, "The service gave no answer and did not do the write."),
        _ => Failed(operation, WriteStatus.VersionMismatch, ErrorCodes.EntityChanged, "The record was changed meanwhile."),
    };

    private static bool HoldsAll(TableSchema table, TableRecord record, IReadOnlyList<FieldWrite> writes) =>
        writes.All(write => Holds(table.Find(write.Field)!, record[write.Field], write.Value));

    private static bool Holds(FieldSchema field, FieldValue actual, FieldValue written) => field.Type switch
    {
        FieldType.Text when field.IsCode => string.Equals(actual.AsText().Trim(), written.AsText().Trim(), StringComparison.OrdinalIgnoreCase),
        FieldType.Integer or FieldType.Decimal => Number(actual) == Number(written),
        FieldType.Boolean => (!actual.IsBlank && actual.AsBoolean()) == (!written.IsBlank && written.AsBoolean()),
        FieldType.Identifier or FieldType.Reference => Identifier(actual) == Identifier(written),
        _ => actual == written,
    };

    private static decimal Number(FieldValue value) => value.IsBlank ? 0 : value.AsDecimal();

    private static Guid Identifier(FieldValue value) => value.IsBlank ? Guid.Empty : value.AsIdentifier();

    private static WriteResult Unknown(WriteOperation operation) =>
        Failed(operation, WriteStatus.Unknown, SyncErrorCodes.OutcomeUnknown, "The answer of the service was lost.");

    private static WriteResult Failed(WriteOperation operation, WriteStatus status, string code, string text) => new()
    {
        Status = status,
        Id = operation.Kind == WriteKind.Insert ? Guid.Empty : operation.Id,
        Error = new SyncError(code, text),
    };
}
