using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Lists the failed records and conflicts of an engine's mappings, and lets a person resolve them.</summary>
/// <remarks>
/// Safe for concurrent use. Listing reads the store only. Each action is a run of the records concerned: it requires
/// the lease of the mapping, follows the mapping's direction and filters, and is logged as a job of kind
/// <see cref="SyncJobKind.Records"/>.
/// </remarks>
public sealed class SyncIssues
{
    private readonly EngineServices services;
    private readonly MappingRunner runner;

    internal SyncIssues(EngineServices services, MappingRunner runner)
    {
        this.services = services;
        this.runner = runner;
    }

    /// <summary>
    /// Lists the records that failed, wait for another record, or are skipped, the longest failing first.
    /// </summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The failures, read from the store while they are enumerated.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(
        string mapping, CancellationToken cancellationToken = default) =>
        services.Store.ListFailuresAsync(KeyOf(mapping), cancellationToken);

    /// <summary>Lists conflicts, oldest first.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="includeResolved">Whether to list resolved and lapsed conflicts in addition to open ones.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The conflicts, read from the store while they are enumerated.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        string mapping, bool includeResolved = false, CancellationToken cancellationToken = default) =>
        services.Store.ListConflictsAsync(KeyOf(mapping), includeResolved, cancellationToken);

    /// <summary>Tries failed records again immediately, including those that are skipped.</summary>
    /// <remarks>
    /// Like <see cref="SyncEngine.SynchronizeRecordsAsync"/>, this synchronizes every record named, failed or not, and
    /// creates partners that are missing. A record with <see cref="SyncErrorCodes.OutcomeUndecidable"/> is created
    /// again, so first make sure that the uncertain insert did not create it. Business Central: Retry in the list of
    /// skipped records.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">The ids of the records on that side. Duplicates are ignored.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. A record that fails again counts as failed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or a mapping is invalid.</exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> RetryAsync(
        string mapping, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var request = new RunRequest(SyncJobKind.Records, new() { RetriesAllFailures = true })
        {
            Records = new(side, ids),
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }

    /// <summary>Resolves a conflict with the values of one side.</summary>
    /// <remarks>
    /// The values of the other side remain with the resolved conflict. A field whose values changed since the conflict
    /// was recorded is not resolved; it stays in conflict with its new values. Fields are resolved only if the local
    /// record is within the mapping's filter.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="conflictId">The <see cref="RecordConflict.Id"/> of the conflict.</param>
    /// <param name="winner">
    /// The side whose values win. In a conflict about a deletion: the side of the deleted record to delete the survivor
    /// as well, or the side of the survivor to create the deleted record again.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. A conflict that could not be resolved counts as conflicted or failed.</returns>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, the mapping has no open conflict with this id, or a mapping is invalid.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public async Task<SyncJob> ResolveAsync(
        string mapping, Guid conflictId, SyncSide winner, CancellationToken cancellationToken = default)
    {
        var conflict = await FindAsync(mapping, conflictId, cancellationToken).ConfigureAwait(false);
        if (conflict.Kind == ConflictKind.Update)
        {
            var winners = conflict.Fields.ToDictionary(field => field.FieldMapping, _ => winner);
            return await ResolveAsync(mapping, conflict, winners, cancellationToken).ConfigureAwait(false);
        }

        var deletedSide = conflict.Kind == ConflictKind.LocalDeletion ? SyncSide.Local : SyncSide.Integration;
        var id = IdOf(conflict, deletedSide);
        var decision = winner == deletedSide ? DeletionPolicy.DeleteRecord : DeletionPolicy.RestoreRecords;
        return await DecideDeletionAsync(mapping, deletedSide, id, decision, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Resolves the fields of a conflict individually.</summary>
    /// <remarks>
    /// A field whose values changed since the conflict was recorded is not resolved; it stays in conflict with its new
    /// values. Fields are resolved only if the local record is within the mapping's filter. A conflict about a deletion
    /// has no fields to choose; resolve it with the overload that takes one side.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="conflictId">The <see cref="RecordConflict.Id"/> of the conflict.</param>
    /// <param name="winners">
    /// The side that wins for each <see cref="IFieldMapping.Key"/>. Fields that are not named stay in conflict; keys
    /// that are not in the conflict are ignored.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. The pair counts as conflicted if some of its fields stay in conflict.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="winners"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, the mapping has no open conflict with this id, or a mapping is invalid.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public async Task<SyncJob> ResolveAsync(
        string mapping,
        Guid conflictId,
        IReadOnlyDictionary<FieldMappingKey, SyncSide> winners,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(winners);
        var conflict = await FindAsync(mapping, conflictId, cancellationToken).ConfigureAwait(false);
        return await ResolveAsync(mapping, conflict, winners, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates the deleted record of a pair again from its survivor and couples the two.</summary>
    /// <remarks>
    /// The new record has a new id. If the other record turns out to exist, the pair is synchronized instead. A mapping
    /// whose direction does not reach the deleted side reports a failure. Business Central: Restore deleted records.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="survivor">The side of the record that still exists.</param>
    /// <param name="id">The id of that record.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. A record created again counts as inserted.</returns>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, a mapping is invalid, or the record is not coupled.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> RestoreAsync(
        string mapping, SyncSide survivor, Guid id, CancellationToken cancellationToken = default) =>
        DecideSurvivorAsync(mapping, survivor, id, DeletionPolicy.RestoreRecords, cancellationToken);

    /// <summary>Deletes the remaining record of a pair and removes the coupling.</summary>
    /// <remarks>
    /// Deletes the record even if it was changed since the last synchronization. If the other record turns out to
    /// exist, the pair is synchronized instead. A mapping whose direction does not reach the survivor's side reports a
    /// failure. Business Central: Delete coupled record.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="survivor">The side of the record that still exists.</param>
    /// <param name="id">The id of that record.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. A deleted record counts as deleted.</returns>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, a mapping is invalid, or the record is not coupled.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> DeleteSurvivorAsync(
        string mapping, SyncSide survivor, Guid id, CancellationToken cancellationToken = default) =>
        DecideSurvivorAsync(mapping, survivor, id, DeletionPolicy.DeleteRecord, cancellationToken);

    private static Guid IdOf(RecordConflict conflict, SyncSide side) =>
        side == SyncSide.Local ? conflict.LocalId : conflict.IntegrationId;

    private MappingKey KeyOf(string mapping) => services.KeyOf(services.Catalog[mapping].Name);

    private async Task<RecordConflict> FindAsync(string mapping, Guid conflictId, CancellationToken cancellationToken)
    {
        var open = ListConflictsAsync(mapping, includeResolved: false, cancellationToken);
        await foreach (var conflict in open.ConfigureAwait(false))
        {
            if (conflict.Id == conflictId)
            {
                return conflict;
            }
        }

        throw new SyncConfigurationException([$"Mapping '{mapping}' has no open conflict {conflictId}."]);
    }

    private Task<SyncJob> ResolveAsync(
        string mapping,
        RecordConflict conflict,
        IReadOnlyDictionary<FieldMappingKey, SyncSide> winners,
        CancellationToken cancellationToken)
    {
        var choices = winners.ToDictionary(
            item => item.Key,
            item => item.Value == SyncSide.Local ? ConflictResolution.LocalWon : ConflictResolution.IntegrationWon);
        var request = new RunRequest(SyncJobKind.Records, SyncRunOptions.Default)
        {
            Records = new(SyncSide.Local, [conflict.LocalId]),
            Choices = new(conflict, choices),
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }

    private async Task<SyncJob> DecideSurvivorAsync(
        string mapping, SyncSide survivor, Guid id, DeletionPolicy decision, CancellationToken cancellationToken)
    {
        var couplings = await services.Store.FindAsync(KeyOf(mapping), survivor, [id], cancellationToken)
            .ConfigureAwait(false);
        var deletedSide = survivor.Opposite();
        return couplings.Count == 0
            ? throw new SyncConfigurationException([$"The record {id} is not coupled in mapping '{mapping}'."])
            : await DecideDeletionAsync(
                mapping, deletedSide, couplings[0].IdOf(deletedSide), decision, cancellationToken)
                .ConfigureAwait(false);
    }

    private Task<SyncJob> DecideDeletionAsync(
        string mapping, SyncSide deletedSide, Guid id, DeletionPolicy decision, CancellationToken cancellationToken)
    {
        var request = new RunRequest(SyncJobKind.Records, new() { AllowsMassDeletion = true })
        {
            Records = new(deletedSide, [id]),
            DeletionDecision = decision,
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }
}
