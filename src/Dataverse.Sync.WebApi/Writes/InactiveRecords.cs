using System.Buffers;
using System.Text.Json;
using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Updates records that the service refuses to change while they are inactive.</summary>
/// <remarks>Each is activated, changed, and put back into its state as one change set: all of it happens or nothing.</remarks>
internal sealed class InactiveRecords(WriteContext context)
{
    public async Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        if (writes.Count == 0 || !context.Table.Columns.ContainsKey(TableMetadata.StateCode) || !context.Table.Columns.ContainsKey(TableMetadata.StatusCode))
        {
            return;
        }

        try
        {
            var selection = Selection.Of(context.Table, [TableMetadata.StateCode, TableMetadata.StatusCode], context.Client.Name);
            var found = await context.Lookup.ByIdAsync(selection, writes.Select(write => write.Id), cancellationToken).ConfigureAwait(false);
            var inactive = found.Where(record => record[0].Kind == FieldValueKind.Integer && record[0].AsInteger() != 0).ToDictionary(record => record.Id);
            await SendAsync([.. writes.Where(write => inactive.ContainsKey(write.Id))], inactive, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure)
        {
            foreach (var write in writes)
            {
                write.Failed(failure);
            }
        }
    }

    private async Task SendAsync(List<PendingWrite> writes, Dictionary<Guid, TableRecord> inactive, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return;
        }

        var parts = writes.Select(write => new BatchPart
        {
            Method = HttpMethod.Patch,
            Address = QueryAddress.OfRecord(context.Client, context.Table, write.Id),
            ChangeSet = [.. StepsOf(write, inactive[write.Id])],
        }).ToList();
        using var outcome = await context.Client.AttemptBatchAsync(parts, context.Operation, isRepeatable: false, cancellationToken).ConfigureAwait(false);
        for (var index = 0; index < writes.Count; index++)
        {
            if (outcome.Answers is { } answers)
            {
                _ = PartJudge.Judge(writes[index], answers[index]);
            }
            else if (outcome.Fate == RequestFate.Unknown || outcome.FollowsUnknown)
            {
                writes[index].Lost();
            }
            else
            {
                writes[index].Failed(outcome.Failure!);
            }
        }
    }

    private IEnumerable<BatchPart> StepsOf(PendingWrite write, TableRecord record)
    {
        var expected = context.Table.ChecksVersions ? write.Operation.ExpectedVersion : null;
        yield return Step(write.Id, expected ?? "*", StateBody([new(TableMetadata.StateCode, FieldValue.Integer(0))]));
        yield return Step(write.Id, "*", context.Payloads.BuildWithoutState(write.Operation));
        var end = PayloadBuilder.WritesState(write.Operation)
            ? write.Operation.Fields.Where(PayloadBuilder.IsState)
            : [new(TableMetadata.StateCode, record[0]), new(TableMetadata.StatusCode, record[1])];
        yield return Step(write.Id, "*", StateBody(end));
    }

    private BatchPart Step(Guid id, string condition, ReadOnlyMemory<byte> body) => new()
    {
        Method = HttpMethod.Patch,
        Address = QueryAddress.OfRecord(context.Client, context.Table, id, context.Query),
        Headers = [new("If-Match", condition), .. context.Headers],
        Body = body,
    };

    private static ReadOnlyMemory<byte> StateBody(IEnumerable<FieldWrite> fields)
    {
        var output = new ArrayBufferWriter<byte>(64);
        using var writer = new Utf8JsonWriter(output);
        writer.WriteStartObject();
        foreach (var field in fields.Where(field => field.Value.Kind == FieldValueKind.Integer))
        {
            writer.WriteNumber(field.Field, field.Value.AsInteger());
        }

        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }
}
