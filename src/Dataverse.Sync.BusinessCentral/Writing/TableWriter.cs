using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Performs the writes to one table in batches, each write independent of the others.</summary>
internal sealed class TableWriter(
    ServiceConnection service,
    BatchSender batches,
    RecordLookup lookup,
    int batchSize,
    TimeProvider timeProvider,
    ILogger logger)
{
    /// <summary>Performs writes.</summary>
    /// <param name="table">The table.</param>
    /// <param name="operations">The writes.</param>
    /// <param name="deadline">The time after which nothing is sent that must not be repeated.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The result of each write, in the order of the writes.</returns>
    /// <exception cref="ConnectorException">The service refuses every write, whatever its values.</exception>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(
        TableDefinition table,
        IReadOnlyList<WriteOperation> operations,
        SendDeadline deadline,
        CancellationToken cancellationToken)
    {
        var writes = operations.Select(operation => Prepare(table.Schema, operation)).ToList();
        var path = await service.PathAsync(table.EntitySet, cancellationToken).ConfigureAwait(false);
        var parts = new PartWrites(new WriteContext
        {
            Service = service,
            Batches = batches,
            Table = table,
            Payloads = new PayloadBuilder(service.Addresses, path, table.Schema),
            Written = new WrittenRecords(table),
            Uncertain = new UncertainWrites(new RecordReadback(lookup, table)),
            Timely = new TimelyWrites(deadline, comparesVersions: true),
            TimeProvider = timeProvider,
            Logger = logger,
        });
        var chunks = writes.Where(write => write.Result is null).Chunk(batchSize);
        await Task.WhenAll(chunks.Select(chunk => parts.WriteAsync(chunk, cancellationToken))).ConfigureAwait(false);
        return [.. writes.Select(write => write.Result!)];
    }

    private static PendingWrite Prepare(TableSchema table, WriteOperation operation)
    {
        var isNamedBySystem = operation.Kind == WriteKind.Insert && !table.KeepsChosenIds;
        var write = new PendingWrite(operation, isNamedBySystem ? Guid.Empty : operation.Id);
        if (WriteCheck.ProblemOf(table, operation) is { } problem)
        {
            var isUnknown = problem.Field is { } field && table.Find(field) is null;
            write.Refused(WriteStatus.Rejected, problem, contradictsSchema: isUnknown);
        }

        return write;
    }
}
