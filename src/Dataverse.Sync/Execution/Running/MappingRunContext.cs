using Microsoft.Extensions.Logging;

namespace Dataverse.Sync.Execution;

/// <summary>Everything that the steps of one run share.</summary>
internal sealed class MappingRunContext
{
    public required CompiledMapping Mapping { get; init; }

    public required MappingKey Key { get; init; }

    public required ICouplingStore Store { get; init; }

    public required ITableConnector Local { get; init; }

    public required ITableConnector Integration { get; init; }

    public required IReadOnlyDictionary<string, CompiledMapping> Mappings { get; init; }

    public required TimeProvider TimeProvider { get; init; }

    public required SyncRunContext RuleContext { get; init; }

    public required SyncJobKind Kind { get; init; }

    public required SyncRunOptions Options { get; init; }

    public required LeaseKeeper Lease { get; init; }

    public required JobRecorder Job { get; init; }

    public required RecordMemory Memory { get; init; }

    public required Func<Guid> NewId { get; init; }

    public required ILogger Logger { get; init; }

    /// <summary>The ids that a preview pretends to have created; null in a run.</summary>
    public PreviewRecorder? Preview { get; init; }

    /// <summary>A person's decision that this run carries out; null in every other run.</summary>
    public ConflictSettlement? Settlement { get; init; }

    /// <summary>What a person decided about deleted records; null follows the mapping and its rules.</summary>
    public DeletionPolicy? DeletionDecision { get; init; }

    public DateTimeOffset Now => TimeProvider.GetUtcNow();

    public bool IsFull => Kind == SyncJobKind.Full;

    public bool OnlyCoupled => Options.OnlyCoupledRecords ?? (Kind == SyncJobKind.Modified && Mapping.Mapping.SynchronizesOnlyCoupledRecords);

    public PlanPolicy Policy => field ??= new()
    {
        Conflicts = Options.UpdateConflictPolicy ?? Mapping.Mapping.UpdateConflictPolicy,
        First = Options.FirstSynchronization ?? (IsFull ? FirstSynchronization.LocalWins : FirstSynchronization.Conflict),
        CorrectsDrift = IsFull,
    };

    /// <summary>The inserts whose answers were lost, in this run or before.</summary>
    public LostInserts LostInserts => field ??= new(Mapping);

    public ITableConnector On(SyncSide side) => side == SyncSide.Local ? Local : Integration;

    /// <summary>Reads records of the mapping's own table with every field that the steps need, by id.</summary>
    public async Task<Dictionary<Guid, TableRecord>> ReadAsync(SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var query = new RecordQuery { Table = Mapping.Schema(side).Name, Fields = Mapping.ReadFields(side), Ids = ids };
        var records = await On(side).ReadByIdAsync(query, cancellationToken).ConfigureAwait(false);
        return records.ToDictionary(record => record.Id);
    }

    /// <summary>Writes to the mapping's own table.</summary>
    /// <exception cref="ConnectorException">Not every write was answered.</exception>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(SyncSide side, IReadOnlyList<WriteOperation> operations, CancellationToken cancellationToken)
    {
        var results = await On(side).WriteAsync(new(Mapping.Schema(side).Name, operations), cancellationToken).ConfigureAwait(false);
        return results.Count == operations.Count
            ? results
            : throw new ConnectorException(On(side).Name, ConnectorFailure.MalformedAnswer, $"{On(side).Name} answered {results.Count} of {operations.Count} writes.");
    }

    /// <summary>Stores a draft, if there is anything in it, and remembers what it changed.</summary>
    public async Task CommitAsync(CommitDraft draft, CancellationToken cancellationToken)
    {
        if (!draft.IsEmpty)
        {
            var commit = draft.ToCommit(Lease.Current);
            await Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
            Memory.Apply(commit);
        }
    }

    public MappingKey KeyOf(string mapping) => Key with { Mapping = Mappings.TryGetValue(mapping, out var known) ? known.Name : mapping };
}
