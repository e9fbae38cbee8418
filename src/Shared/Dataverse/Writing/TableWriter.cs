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
        var writes = new PendingWrite[operations.Count];
        var (bulk, others) = (new List<PendingWrite>(operations.Count), new List<PendingWrite>());
        for (var index = 0; index < writes.Length; index++)
        {
            writes[index] = Prepare(operations[index]);
            if (writes[index].Result is null)
            {
                (IsBulk(writes[index]) ? bulk : others).Add(writes[index]);
            }
        }

        var parts = new PartWrites(context);
        await Task.WhenAll(
            new BulkInserts(context, parts).WriteAsync(bulk, cancellationToken),
            parts.WriteAsync(others, cancellationToken)).ConfigureAwait(false);

        // A batch of which no part reached the service gives no result for its records: that stops the run.
        var isLost = bulk.Count + others.Count > 0 && bulk.TrueForAll(HasFailed) && others.TrueForAll(HasFailed);
        return isLost ? throw writes.First(HasFailed).Failure! : Array.ConvertAll(writes, WithStoredName);
    }

    private static bool HasFailed(PendingWrite write) => write.Failure is not null;

    private bool IsBulk(PendingWrite write) => write.Kind == WriteKind.Insert
        && context.Table.OffersCreateMultiple
        && !StateRules.NeedsSecondWrite(write.Operation);

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
        if (context.Table.FullName is not { } splitter || result is not { Status: WriteStatus.Applied, Record: null })
        {
            return result;
        }

        var name = write.Operation.Fields.FirstOrDefault(field => field.Field == ColumnNames.FullName).Value;
        if (name.IsBlank)
        {
            return result;
        }

        var stored = FieldValue.Text(splitter.Fit(name.AsText()).ToString());
        var layout = new RecordLayout(context.Table.Name, [ColumnNames.FullName]);
        return stored == name ? result : result with { Record = new TableRecord(layout, result.Id, [stored]) };
    }
}
