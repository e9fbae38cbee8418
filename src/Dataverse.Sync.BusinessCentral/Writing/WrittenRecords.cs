using System.Text.Json;
using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads the record in the response to a write.</summary>
internal sealed class WrittenRecords(TableDefinition table)
{
    private static readonly RecordLayout NoFields = new("written", []);

    private readonly RecordShape inserted = table.Shape(AllFields(table));

    // The response to an update may still hold the previous stamp.
    private readonly RecordShape updated = table.Shape(AllFields(table), withStamp: false);

    private readonly RecordShape bare = new(
        NoFields,
        [
            new("@odata.etag", JsonFields.Text, role: RecordRole.Version),
            new(table.Schema.KeyField, JsonFields.Identifier, role: RecordRole.Id),
        ]);

    /// <summary>Gives a write that the service reports as performed its result.</summary>
    /// <returns>False when the response does not name the id of a new record, or is about another record.</returns>
    public bool Apply(PendingWrite write, BatchResponse response)
    {
        if (write.Kind == WriteKind.Delete)
        {
            write.Applied();
            return true;
        }

        var isInsert = write.Kind == WriteKind.Insert;
        var record = TryRead(response, isInsert ? inserted : updated);
        var identified = record ?? TryRead(response, bare);
        if (identified is null ? isInsert : !isInsert && identified.Id != write.Id)
        {
            return false;
        }

        write.Applied(identified?.Version, identified?.Id, record);
        return true;
    }

    private static TableRecord? TryRead(BatchResponse response, RecordShape shape)
    {
        try
        {
            var reader = new Utf8JsonReader(response.Body.Span);
            return reader.Read() ? new RecordReader(shape).Read(ref reader, out _) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static IEnumerable<string> AllFields(TableDefinition table) =>
        table.Schema.Fields.Select(field => field.Name);
}
