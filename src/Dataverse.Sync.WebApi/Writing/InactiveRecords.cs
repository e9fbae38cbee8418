using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.WebApi;

/// <summary>Updates records that the service refuses to change while they are inactive.</summary>
/// <remarks>
/// Each record is activated, changed, and returned to its state as one change set, of which all is performed or
/// nothing.
/// </remarks>
internal sealed class InactiveRecords(WriteContext context)
{
    public async Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var columns = context.Table.Columns;
        if (writes.Count == 0 || !columns.ContainsKey(ColumnNames.StateCode) || !columns.ContainsKey(ColumnNames.StatusCode))
        {
            return;
        }

        try
        {
            var selection = Selection.Of(context.Table, [ColumnNames.StateCode, ColumnNames.StatusCode], context.Service.Name);
            var found = await context.Lookup.ByIdAsync(selection, writes.Select(write => write.Id), cancellationToken)
                .ConfigureAwait(false);
            var inactive = found.Where(IsInactive).ToDictionary(record => record.Id);
            await SendAsync([.. writes.Where(write => inactive.ContainsKey(write.Id))], inactive, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ConnectorException failure)
        {
            foreach (var write in writes)
            {
                write.Failed(failure);
            }
        }
    }

    private async Task SendAsync(
        List<PendingWrite> writes, Dictionary<Guid, TableRecord> inactive, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return;
        }

        var parts = writes.Select(write => new BatchRequest
        {
            Method = HttpMethod.Patch,
            Address = context.Service.Addresses.Record(context.Table.EntitySetName, write.Id),
            ChangeSet = [.. RequestsOf(write, inactive[write.Id])],
        }).ToList();
        using var outcome = await context.Batches
            .AttemptAsync(parts, context.Operation, isRepeatable: false, cancellationToken, context.Timely.DeadlineOf(writes))
            .ConfigureAwait(false);
        for (var index = 0; index < writes.Count; index++)
        {
            Apply(writes[index], outcome.Responses?[index], outcome);
        }
    }

    private static bool IsInactive(TableRecord record) =>
        record[0].Kind == FieldValueKind.Integer && record[0].AsInteger() != StateRules.Active;

    private static void Apply(PendingWrite write, BatchResponse? response, BatchOutcome outcome)
    {
        if (response is not null)
        {
            _ = PartResults.Apply(write, response);
        }
        else if (outcome.Fate == RequestFate.Unknown || outcome.FollowsUnknown)
        {
            write.Uncertain();
        }
        else
        {
            write.Failed(outcome.Failure!);
        }
    }

    private IEnumerable<BatchRequest> RequestsOf(PendingWrite write, TableRecord record)
    {
        var expected = context.Table.ChecksVersions ? write.Operation.ExpectedVersion : null;
        var active = new FieldWrite(ColumnNames.StateCode, FieldValue.Integer(StateRules.Active));
        yield return Request(write.Id, expected ?? "*", PayloadBuilder.StateBody([active]));
        yield return Request(write.Id, "*", context.Payloads.BodyWithoutState(write));
        yield return Request(write.Id, "*", PayloadBuilder.StateBody(StateRules.FinalState(write.Operation, record[0], record[1])));
    }

    private BatchRequest Request(Guid id, string condition, ReadOnlyMemory<byte> body) => new()
    {
        Method = HttpMethod.Patch,
        Address = context.AddressOf(id),
        Headers = [new("If-Match", condition), .. context.Headers],
        Body = body,
    };
}
