using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>
/// Refuses what the service would refuse anyway, naming the field, which the service does not always do.
/// </summary>
internal static class WriteCheck
{
    /// <summary>What is wrong with a write; null when nothing is known to be.</summary>
    public static SyncError? ProblemOf(TableSchema table, WriteOperation operation)
    {
        if (!table.IsWritable)
        {
            return new SyncError("ReadOnlyTable", $"Table '{table.Name}' is read-only.");
        }

        if (operation.Id == Guid.Empty && (operation.Kind != WriteKind.Insert || table.KeepsChosenIds))
        {
            return new SyncError("IdMissing", "The record's id is missing.");
        }

        if (operation.ExpectedVersion is { } version && !HeaderValue.IsOne(version))
        {
            return new SyncError("VersionMalformed", "The expected version cannot be sent in a header.");
        }

        return operation.Kind == WriteKind.Delete
            ? null
            : operation.Fields.Select(field => ProblemOf(table, operation.Kind, field)).FirstOrDefault(problem => problem is not null);
    }

    private static SyncError? ProblemOf(TableSchema table, WriteKind kind, FieldWrite write)
    {
        var field = table.Find(write.Field);
        if (field is null)
        {
            return new SyncError("UnknownField", $"Table '{table.Name}' has no field '{write.Field}'.", write.Field);
        }

        if (!(kind == WriteKind.Insert ? field.CanInsert : field.CanUpdate))
        {
            return new SyncError("ReadOnlyField", $"Field '{field.Name}' of table '{table.Name}' is read-only.", field.Name);
        }

        return FieldWriter.Accepts(field.Type, write.Value)
            ? null
            : new SyncError(
                SyncErrorCodes.ValueNotConvertible,
                $"Field '{field.Name}' of table '{table.Name}' holds {field.Type}, not {write.Value.Kind}.",
                field.Name);
    }
}
