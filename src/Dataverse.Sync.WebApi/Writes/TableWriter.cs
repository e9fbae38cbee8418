using Dataverse.Sync.Http;

namespace Dataverse.Sync.WebApi;

/// <summary>Performs a batch of writes: inserts by bulk messages, the rest as parts of batches, states of new records at the end.</summary>
internal sealed class TableWriter(WriteContext context)
{
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<WriteOperation> operations, CancellationToken cancellationToken)
    {
        var writes = operations.Select(context.Payloads.Build).ToList();
        foreach (var write in writes.Where(write => write is { Result: null, Kind: WriteKind.Update, Operation.Fields.Count: 0 }))
        {
            write.Applied();
        }

        var open = writes.Where(write => write.Result is null).ToList();
        var bulk = context.Table.OffersCreateMultiple ? open.Where(write => write.Kind == WriteKind.Insert).ToList() : [];
        var parts = new PartWrites(context);
        await Task.WhenAll(
            new BulkInserts(context, parts).WriteAsync(bulk, cancellationToken),
            parts.WriteAsync([.. open.Except(bulk)], cancellationToken)).ConfigureAwait(false);
        await SetStatesAsync(writes, parts, cancellationToken).ConfigureAwait(false);

        // A batch of which nothing reached the service says nothing about its records: that stops the run.
        return open.Count > 0 && open.All(write => write.Failure is not null)
            ? throw open[0].Failure!
            : [.. writes.Select(WithStoredName)];
    }

    // Where a name had to be cut the caller must know what the service holds, or the next feed would look like somebody's edit.
    private WriteResult WithStoredName(PendingWrite write)
    {
        var result = write.Result!;
        var name = write.Operation.Fields.FirstOrDefault(field => field.Field == FullNameSplitter.Field).Value;
        if (context.Table.FullName is not { } splitter || result is not { Status: WriteStatus.Applied, Record: null } || name.IsBlank)
        {
            return result;
        }

        var stored = FieldValue.Text(splitter.Fit(name.AsText()).ToString());
        var layout = new RecordLayout(context.Table.Name, [FullNameSplitter.Field]);
        return stored == name ? result : result with { Record = new TableRecord(layout, result.Id, [stored]) };
    }

    // Records are created active, whatever the payload says.
    private async Task SetStatesAsync(IEnumerable<PendingWrite> writes, PartWrites parts, CancellationToken cancellationToken)
    {
        var changes = writes
            .Where(write => !write.StateBody.IsEmpty && write.Result is { Status: WriteStatus.Applied })
            .Select(write => new PendingWrite(new WriteOperation { Kind = WriteKind.Update, Id = write.Result!.Id }, write.Result.Id) { Body = write.StateBody })
            .ToList();
        await parts.WriteAsync(changes, cancellationToken).ConfigureAwait(false);
        foreach (var change in changes.Where(change => change.Result is not { Status: WriteStatus.Applied }))
        {
            WebApiLog.StateNotSet(context.Logger, context.Client.Name, context.Table.Name, change.Result?.Error?.Code);
        }
    }
}
