namespace Dataverse.Sync.Shared;

/// <summary>Updates records that the service refuses to change while they are inactive.</summary>
/// <remarks>
/// Each record is activated, changed, and returned to its state in one transaction.
/// </remarks>
internal sealed class InactiveRecords(WriteContext context)
{
    // A batch may hold a thousand requests, and each record takes three.
    private const int MaxRecords = 333;

    public async Task WriteAsync(IReadOnlyList<PendingWrite> writes, CancellationToken cancellationToken)
    {
        var columns = context.Table.Columns;
        if (writes.Count == 0 || !columns.ContainsKey(ColumnNames.StateCode) || !columns.ContainsKey(ColumnNames.StatusCode))
        {
            return;
        }

        try
        {
            string[] fields = [ColumnNames.StateCode, ColumnNames.StatusCode];
            var found = await context.Lookup
                .ByIdAsync(context.Table, fields, writes.Select(write => write.Id), cancellationToken)
                .ConfigureAwait(false);
            var inactive = found.Where(IsInactive).ToDictionary(record => record.Id);
            foreach (var chunk in writes.Where(write => inactive.ContainsKey(write.Id)).Chunk(MaxRecords))
            {
                await SendAsync(chunk, inactive, cancellationToken).ConfigureAwait(false);
            }
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
        IReadOnlyList<PendingWrite> writes, Dictionary<Guid, TableRecord> inactive, CancellationToken cancellationToken)
    {
        var parts = writes.Select(write => new PartWrite(write)
        {
            ReturnsTo = StateRules.FinalState(write.Operation, inactive[write.Id][0], inactive[write.Id][1]),
        }).ToList();
        using var outcome = await context.Channel
            .SendAsync(parts, context.Timely.DeadlineOf(writes), cancellationToken)
            .ConfigureAwait(false);
        for (var index = 0; index < writes.Count; index++)
        {
            Apply(writes[index], outcome.Answers?[index], outcome);
        }
    }

    private static bool IsInactive(TableRecord record) =>
        record[0].Kind == FieldValueKind.Integer && record[0].AsInteger() != StateRules.Active;

    private static void Apply(PendingWrite write, PartAnswer? answer, SendOutcome<PartAnswer> outcome)
    {
        if (answer is not null)
        {
            _ = answer.Apply(write);
        }
        else if (outcome.IsUnknown)
        {
            write.Uncertain();
        }
        else
        {
            write.Failed(outcome.Failure!);
        }
    }
}
