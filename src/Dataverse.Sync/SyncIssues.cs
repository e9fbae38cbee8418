using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>The failed records and conflicts of an engine's mappings, and what a person can do about them.</summary>
/// <remarks>Safe for concurrent use. Every action is a run of the records concerned: it needs the mapping for itself and is logged as a job.</remarks>
public sealed class SyncIssues
{
    private readonly EngineServices services;
    private readonly MappingRunner runner;

    internal SyncIssues(EngineServices services, MappingRunner runner)
    {
        this.services = services;
        this.runner = runner;
    }

    /// <summary>Lists the records that failed, wait, or are skipped, longest failing first.</summary>
    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(string mapping, CancellationToken cancellationToken = default) =>
        services.Store.ListFailuresAsync(KeyOf(mapping), cancellationToken);

    /// <summary>Lists the conflicts, oldest first.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="includeResolved">Whether to list the decided ones too.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(string mapping, bool includeResolved = false, CancellationToken cancellationToken = default) =>
        services.Store.ListConflictsAsync(KeyOf(mapping), includeResolved, cancellationToken);

    /// <summary>Tries failed records again at once, also those that are skipped.</summary>
    public Task<SyncJob> RetryAsync(string mapping, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return runner.RunAsync(mapping, new(SyncJobKind.Records, new() { RetriesAllFailures = true }) { Records = new(side, ids) }, cancellationToken);
    }

    /// <summary>Decides every field of a conflict for one side.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="conflictId">The conflict.</param>
    /// <param name="winner">The side whose values win. For a deletion: the side that was deleted deletes the survivor, the other restores it.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="SyncConfigurationException">There is no such open conflict.</exception>
    public async Task<SyncJob> ResolveAsync(string mapping, Guid conflictId, SyncSide winner, CancellationToken cancellationToken = default)
    {
        var conflict = await FindAsync(mapping, conflictId, cancellationToken).ConfigureAwait(false);
        if (conflict.Kind == ConflictKind.Update)
        {
            return await ResolveAsync(mapping, conflict, conflict.Fields.ToDictionary(field => field.FieldMapping, _ => winner), cancellationToken).ConfigureAwait(false);
        }

        var deletedSide = conflict.Kind == ConflictKind.LocalDeletion ? SyncSide.Local : SyncSide.Integration;
        return await DecideDeletionAsync(mapping, deletedSide, IdOf(conflict, deletedSide), winner == deletedSide ? DeletionPolicy.DeleteRecord : DeletionPolicy.RestoreRecords, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Decides the fields of a conflict one by one.</summary>
    /// <remarks>A field whose values changed since the conflict was recorded is not decided; it stays in conflict with its new values.</remarks>
    /// <param name="mapping">The mapping.</param>
    /// <param name="conflictId">The conflict.</param>
    /// <param name="winners">The side that wins for each <see cref="IFieldMapping.Key"/>; fields that are not named stay in conflict.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <exception cref="SyncConfigurationException">There is no such open conflict.</exception>
    public async Task<SyncJob> ResolveAsync(string mapping, Guid conflictId, IReadOnlyDictionary<FieldMappingKey, SyncSide> winners, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(winners);
        return await ResolveAsync(mapping, await FindAsync(mapping, conflictId, cancellationToken).ConfigureAwait(false), winners, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates the deleted record of a pair again from its survivor and couples the two.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="survivor">The side of the record that is left.</param>
    /// <param name="id">The record that is left.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public Task<SyncJob> RestoreAsync(string mapping, SyncSide survivor, Guid id, CancellationToken cancellationToken = default) =>
        DecideSurvivorAsync(mapping, survivor, id, DeletionPolicy.RestoreRecords, cancellationToken);

    /// <summary>Deletes the record that is left of a pair, and the coupling.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="survivor">The side of the record that is left.</param>
    /// <param name="id">The record that is left.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public Task<SyncJob> DeleteSurvivorAsync(string mapping, SyncSide survivor, Guid id, CancellationToken cancellationToken = default) =>
        DecideSurvivorAsync(mapping, survivor, id, DeletionPolicy.DeleteRecord, cancellationToken);

    private static Guid IdOf(RecordConflict conflict, SyncSide side) => side == SyncSide.Local ? conflict.LocalId : conflict.IntegrationId;

    private MappingKey KeyOf(string mapping) => services.KeyOf(services.Catalog[mapping].Name);

    private async Task<RecordConflict> FindAsync(string mapping, Guid conflictId, CancellationToken cancellationToken)
    {
        await foreach (var conflict in ListConflictsAsync(mapping, includeResolved: false, cancellationToken).ConfigureAwait(false))
        {
            if (conflict.Id == conflictId)
            {
                return conflict;
            }
        }

        throw new SyncConfigurationException([$"Mapping '{mapping}' has no open conflict {conflictId}."]);
    }

    private Task<SyncJob> ResolveAsync(string mapping, RecordConflict conflict, IReadOnlyDictionary<FieldMappingKey, SyncSide> winners, CancellationToken cancellationToken)
    {
        var choices = winners.ToDictionary(item => item.Key, item => item.Value == SyncSide.Local ? ConflictResolution.LocalWon : ConflictResolution.IntegrationWon);
        var request = new RunRequest(SyncJobKind.Records, SyncRunOptions.Default)
        {
            Records = new(SyncSide.Local, [conflict.LocalId]),
            Choices = new(conflict, choices),
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }

    private async Task<SyncJob> DecideSurvivorAsync(string mapping, SyncSide survivor, Guid id, DeletionPolicy decision, CancellationToken cancellationToken)
    {
        var couplings = await services.Store.FindAsync(KeyOf(mapping), survivor, [id], cancellationToken).ConfigureAwait(false);
        var deletedSide = survivor.Opposite();
        return couplings.Count == 0
            ? throw new SyncConfigurationException([$"The record {id} is not coupled in mapping '{mapping}'."])
            : await DecideDeletionAsync(mapping, deletedSide, couplings[0].IdOf(deletedSide), decision, cancellationToken).ConfigureAwait(false);
    }

    private Task<SyncJob> DecideDeletionAsync(string mapping, SyncSide deletedSide, Guid id, DeletionPolicy decision, CancellationToken cancellationToken)
    {
        var request = new RunRequest(SyncJobKind.Records, new() { AllowsMassDeletion = true })
        {
            Records = new(deletedSide, [id]),
            DeletionDecision = decision,
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }
}
