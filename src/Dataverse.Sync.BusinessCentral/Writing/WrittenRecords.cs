using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads the record that the service answers a write with.</summary>
internal sealed class WrittenRecords(TableDefinition table)
{
    private static readonly RecordLayout NoFields = new("written", []);

    private readonly RecordShape inserted = table.Shape(AllFields(table));

    // The answer to an update may still tell the stamp of before.
    private readonly RecordShape updated = table.Shape(AllFields(table), withStamp: false);

    private readonly RecordShape bare = new(
        NoFields,
        [new("@odata.etag", JsonFields.Text, role: RecordRole.Version), new(table.Schema.KeyField, JsonFields.Identifier, role: RecordRole.Id)]);

    /// <summary>The result of a write that the service says it performed; null when the id of a new record cannot be told, or the answer is about another record.</summary>
    public WriteResult? Applied(WriteOperation operation, BatchPart part)
    {
        if (operation.Kind == WriteKind.Delete)
        {
            return new WriteResult { Status = WriteStatus.Applied, Id = operation.Id };
        }

        var record = TryRead(part, operation.Kind == WriteKind.Insert ? inserted : updated);
        var identified = record ?? TryRead(part, bare);
        if (operation.Kind == WriteKind.Insert)
        {
            return identified is null ? null : Result(identified.Id, identified.Version, record);
        }

        return identified is null ? Result(operation.Id, null, null)
            : identified.Id == operation.Id ? Result(operation.Id, identified.Version, record)
            : null;
    }

    private static WriteResult Result(Guid id, string? version, TableRecord? record) => new()
    {
        Status = WriteStatus.Applied,
        Id = id,
        Version = version,
        Record = record,
    };

    private static TableRecord? TryRead(BatchPart part, RecordShape shape)
    {
        try
        {
            var reader = new Utf8JsonReader(part.Body.Span);
            return reader.Read() ? RecordReader.Read(ref reader, shape, out _) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> AllFields(TableDefinition table) => table.Schema.Fields.Select(field => field.Name);
}
