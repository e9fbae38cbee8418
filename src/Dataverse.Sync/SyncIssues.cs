using System.Runtime.CompilerServices;
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
    /// Lists the records that failed, wait for another record, are skipped, or are doubtful, the longest failing first.
    /// </summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The failures, read from the store while they are enumerated.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public IAsyncEnumerable<RecordFailure> ListFailuresAsync(
        string mapping, CancellationToken cancellationToken = default) =>
        services.ListAsync(
            services.Catalog[mapping].Name,
            key => services.Store.ListFailuresAsync(key, cancellationToken),
            cancellationToken)
            .Where(failure => failure.State != RecordFailureState.Uncoupled);

    /// <summary>Lists conflicts, oldest first.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="includeResolved">Whether to list resolved and lapsed conflicts in addition to open ones.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The conflicts, read from the store while they are enumerated.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public IAsyncEnumerable<RecordConflict> ListConflictsAsync(
        string mapping, bool includeResolved = false, CancellationToken cancellationToken = default) =>
        services.ListAsync(
            services.Catalog[mapping].Name,
            key => services.Store.ListConflictsAsync(key, includeResolved, cancellationToken),
            cancellationToken);

    /// <summary>Counts the records and conflicts that <see cref="ListFailuresAsync"/> and
    /// <see cref="ListConflictsAsync"/> list.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The counts.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="CouplingStoreException">The store cannot read.</exception>
    public async Task<IssueCounts> CountAsync(string mapping, CancellationToken cancellationToken = default)
    {
        var key = await services.KeyAsync(services.Catalog[mapping].Name, cancellationToken).ConfigureAwait(false);
        return await services.Store.CountIssuesAsync(key, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Tries failed records again immediately, including those that are skipped.</summary>
    /// <remarks>
    /// Like <see cref="SyncEngine.SynchronizeRecordsAsync"/>, this synchronizes every record named, failed or not,
    /// creates partners that are missing, and reports a record that does not exist or is outside the filter. A record
    /// with <see cref="SyncErrorCodes.OutcomeUndecidable"/> is created again, so first make sure that the uncertain
    /// insert did not create it. Business Central: Retry in the list of
    /// skipped records.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">The ids of the records on that side. Duplicates are ignored.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. A record that fails again counts as failed.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is empty.</exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or a mapping is invalid.</exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> RetryAsync(
        string mapping, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        var request = new RunRequest(SyncJobKind.Records, new() { RetriesAllFailures = true })
        {
            Records = NamedRecords.Of(side, ids),
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }

    /// <summary>Resolves a conflict with the values of one side.</summary>
    /// <remarks>
    /// The values of the other side remain with the resolved conflict. A field whose values changed since the conflict
    /// was recorded is not resolved; it stays in conflict with its new values, and the job has the error
    /// <see cref="SyncErrorCodes.ConflictChanged"/>. Fields are resolved only if the local record is within the mapping's
    /// filter; otherwise the record counts as skipped, with <see cref="SyncErrorCodes.OutsideFilter"/>.
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

        // The person has seen which records the conflict names.
        CascadePolicy? cascades = conflict.Reason is null ? null : CascadePolicy.Uncouple;
        return await DecideDeletionAsync(mapping, deletedSide, id, decision, cascades, cancellationToken)
            .ConfigureAwait(false);
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
    /// The side that wins for each <see cref="IFieldMapping.Key"/>; at least one. Fields that are not named stay in
    /// conflict.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run. The pair counts as conflicted if some of its fields stay in conflict.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="winners"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, the mapping has no open conflict with this id, <paramref name="winners"/> is empty or
    /// names a field that is not in the conflict, the conflict is about a deletion, or the mapping is invalid.
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
        RequireFields(conflict, winners);
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

    private static void RequireFields(
        RecordConflict conflict, IReadOnlyDictionary<FieldMappingKey, SyncSide> winners)
    {
        if (conflict.Kind != ConflictKind.Update)
        {
            throw new SyncConfigurationException(
                [$"Conflict {conflict.Id} is about a deletion and has no fields; resolve it for one side as a whole."]);
        }

        var known = conflict.Fields.Select(field => field.FieldMapping).ToList();
        var list = string.Join(", ", known.Select(key => $"'{key}'"));
        var problems = winners.Keys.Except(known)
            .Select(key => $"Conflict {conflict.Id} has no field mapping '{key}'; it has {list}.").ToList();
        if (winners.Count == 0)
        {
            problems.Add($"No field mapping of conflict {conflict.Id} is named; it has {list}.");
        }

        if (problems.Count > 0)
        {
            throw new SyncConfigurationException(problems);
        }
    }

    // A decision about a field that is no longer synchronized would change nothing.
    private void RequireMapped(
        string mapping, RecordConflict conflict, IReadOnlyDictionary<FieldMappingKey, SyncSide> winners)
    {
        var enabled = services.Catalog[mapping].Fields.Where(field => field.IsEnabled).Select(field => field.Key);
        var unmapped = winners.Keys.Except(enabled).ToList();
        if (unmapped.Count > 0 && unmapped.Count == winners.Count)
        {
            throw new SyncConfigurationException([.. unmapped.Select(key =>
                $"Conflict {conflict.Id} cannot be resolved, because mapping '{mapping}' has no enabled field mapping "
                + $"'{key}'.")]);
        }
    }

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

    private async Task<SyncJob> ResolveAsync(
        string mapping,
        RecordConflict conflict,
        IReadOnlyDictionary<FieldMappingKey, SyncSide> winners,
        CancellationToken cancellationToken)
    {
        RequireMapped(mapping, conflict, winners);
        var choices = winners.ToDictionary(
            item => item.Key,
            item => item.Value == SyncSide.Local ? ConflictResolution.LocalWon : ConflictResolution.IntegrationWon);

        // A pair that is skipped is tried again, because a person decided about it; nothing new is created.
        var options = new SyncRunOptions { RetriesAllFailures = true, OnlyCoupledRecords = true };
        var request = new RunRequest(SyncJobKind.Records, options)
        {
            Records = new(SyncSide.Local, [conflict.LocalId]),
            Choices = new(conflict, choices),
        };
        var job = await runner.RunAsync(mapping, request, cancellationToken).ConfigureAwait(false);
        await ReportChangedAsync(job, conflict, choices.Keys, cancellationToken).ConfigureAwait(false);
        return job;
    }

    // The values of a field may have changed since the person saw them. Then the decision was not carried out.
    private async Task ReportChangedAsync(
        SyncJob job,
        RecordConflict decided,
        IEnumerable<FieldMappingKey> fields,
        CancellationToken cancellationToken)
    {
        if (job.Counters.Conflicted == 0)
        {
            return;
        }

        var errors = new List<SyncJobError>();
        var open = services.Store.ListConflictsAsync(job.Key, includeResolved: false, cancellationToken);
        await foreach (var conflict in open.ConfigureAwait(false))
        {
            if (conflict.LocalId == decided.LocalId)
            {
                var left = conflict.Fields.Select(field => field.FieldMapping).Intersect(fields);
                errors.AddRange(left.Select(key => ErrorOf(job, decided, key)));
            }
        }

        if (errors.Count > 0)
        {
            await services.JobLog.AddErrorsAsync(errors, cancellationToken).ConfigureAwait(false);
        }
    }

    private SyncJobError ErrorOf(SyncJob job, RecordConflict decided, FieldMappingKey field)
    {
        var text = $"Field mapping '{field}' was changed since the conflict was recorded. "
            + "It stays in conflict with its present values.";
        var record = new RecordKey(SyncSide.Local, decided.LocalId);
        var error = new SyncError(SyncErrorCodes.ConflictChanged, text, field.Value);
        return new(job.Id, record, services.TimeProvider.GetUtcNow(), error);
    }

    private async Task<SyncJob> DecideSurvivorAsync(
        string mapping, SyncSide survivor, Guid id, DeletionPolicy decision, CancellationToken cancellationToken)
    {
        var key = await services.KeyAsync(services.Catalog[mapping].Name, cancellationToken).ConfigureAwait(false);
        var couplings = await services.Store.FindAsync(key, survivor, [id], cancellationToken)
            .ConfigureAwait(false);
        var deletedSide = survivor.Opposite();
        return couplings.Count == 0
            ? throw new SyncConfigurationException([$"The record {id} is not coupled in mapping '{mapping}'."])
            : await DecideDeletionAsync(
                mapping, deletedSide, couplings[0].IdOf(deletedSide), decision, cascades: null, cancellationToken)
                .ConfigureAwait(false);
    }

    private Task<SyncJob> DecideDeletionAsync(
        string mapping,
        SyncSide deletedSide,
        Guid id,
        DeletionPolicy decision,
        CascadePolicy? cascades,
        CancellationToken cancellationToken)
    {
        var options = new SyncRunOptions { AllowsMassDeletion = true, CascadePolicy = cascades };
        var request = new RunRequest(SyncJobKind.Records, options)
        {
            Records = new(deletedSide, [id]),
            DeletionDecision = decision,
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }
}
