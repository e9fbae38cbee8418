namespace Dataverse.Sync.Shared;

/// <summary>
/// Performs the writes to one table: inserts by bulk messages, the others as parts of batches. So are the inserts of
/// inactive records, which take two requests in one transaction.
/// </summary>
internal sealed class TableWriter(WriteContext context)
{
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(
        IReadOnlyList<WriteOperation> operations, CancellationToken cancellationToken)
    {
        var writes = operations.Select(Prepare).ToList();
        var open = writes.Where(write => write.Result is null).ToList();
        var bulk = context.Table.OffersCreateMultiple
            ? open.Where(write => write.Kind == WriteKind.Insert && !StateRules.NeedsSecondWrite(write.Operation)).ToList()
            : [];
        var parts = new PartWrites(context);
        await Task.WhenAll(
            new BulkInserts(context, parts).WriteAsync(bulk, cancellationToken),
            parts.WriteAsync([.. open.Except(bulk)], cancellationToken)).ConfigureAwait(false);

        // A batch of which no part reached the service gives no result for its records: that stops the run.
        return open.Count > 0 && open.All(write => write.Failure is not null)
            ? throw open[0].Failure!
            : [.. writes.Select(WithStoredName)];
    }

    // An insert must be recognizable when it is repeated, so it always has an id.
    private PendingWrite Prepare(WriteOperation operation)
    {
        var needsId = operation.Kind == WriteKind.Insert && operation.Id == Guid.Empty;
        var write = new PendingWrite(operation, needsId ? Guid.NewGuid() : operation.Id);
        if (WriteCheck.ProblemOf(context.Table, operation) is { } problem)
        {
            var isUnknown = problem.Field is { } field && context.Table.Schema.Find(field) is null;
            write.Refused(WriteStatus.Rejected, problem, contradictsSchema: isUnknown);
        }
        else if (operation is { Kind: WriteKind.Update, Fields.Count: 0 })
        {
            write.Applied();
        }

        return write;
    }

    // Where a name had to be cut the caller must know what the service holds, or the next feed would look like an edit.
    private WriteResult WithStoredName(PendingWrite write)
    {
        var result = write.Result!;
        var name = write.Operation.Fields.FirstOrDefault(field => field.Field == ColumnNames.FullName).Value;
        if (context.Table.FullName is not { } splitter || result is not { Status: WriteStatus.Applied, Record: null } || name.IsBlank)
        {
            return result;
        }

        var stored = FieldValue.Text(splitter.Fit(name.AsText()).ToString());
        var layout = new RecordLayout(context.Table.Name, [ColumnNames.FullName]);
        return stored == name ? result : result with { Record = new TableRecord(layout, result.Id, [stored]) };
    }
}
