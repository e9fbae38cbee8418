using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Lists, creates, and removes the couplings of an engine's mappings.</summary>
/// <remarks>
/// Safe for concurrent use. Listing and finding read the store only. Creating and removing couplings requires the lease
/// of the mapping: while the mapping has a run, they throw <see cref="MappingBusyException"/>.
/// </remarks>
public sealed class SyncCouplings
{
    private readonly EngineServices services;
    private readonly MappingRunner runner;

    internal SyncCouplings(EngineServices services, MappingRunner runner)
    {
        this.services = services;
        this.runner = runner;
    }

    /// <summary>Lists all couplings of a mapping, each once and in no particular order.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The couplings, read from the store while they are enumerated.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public IAsyncEnumerable<Coupling> ListAsync(string mapping, CancellationToken cancellationToken = default) =>
        services.ListAsync(
            services.Catalog[mapping].Name, key => services.Store.ListAsync(key, cancellationToken), cancellationToken);

    /// <summary>Finds the coupling of a record.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="side">The side of the record.</param>
    /// <param name="id">The id of the record on that side.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The coupling, or null if the record is not coupled.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public async Task<Coupling?> FindAsync(
        string mapping, SyncSide side, Guid id, CancellationToken cancellationToken = default)
    {
        var key = await services.KeyAsync(services.Catalog[mapping].Name, cancellationToken).ConfigureAwait(false);
        var found = await services.Store.FindAsync(key, side, [id], cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Couples two existing records.</summary>
    /// <remarks>
    /// Reads both records by id and does not synchronize them. Until a record of the pair changes, only a run that
    /// names it or a full run synchronizes the pair. If one of the two records had failed, also the next run of
    /// modified records does: its failure remains until then and is due at once. The filters of the mapping are not
    /// checked, and no job is logged.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="localId">The id of the local record.</param>
    /// <param name="integrationId">The id of the integration record.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The new coupling, or the existing one if the two records are already coupled to each other.</returns>
    /// <exception cref="CouplingStoreException">
    /// One of the records is coupled to another record (<see cref="CouplingStoreFailure.AlreadyCoupled"/>), or the
    /// store does not respond.
    /// </exception>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, a mapping is invalid, or one of the records does not exist.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public async Task<Coupling> CoupleAsync(
        string mapping, Guid localId, Guid integrationId, CancellationToken cancellationToken = default)
    {
        var compiled = await runner.CompileAsync(mapping, cancellationToken).ConfigureAwait(false);
        _ = await RequireAsync(SyncSide.Local, compiled, localId, cancellationToken).ConfigureAwait(false);
        var row = await RequireAsync(SyncSide.Integration, compiled, integrationId, cancellationToken)
            .ConfigureAwait(false);
        if (new FilterGate(compiled).IsClaimedByOther(SyncSide.Integration, row))
        {
            throw new SyncConfigurationException([$"Record {integrationId}: {SelectionErrors.OtherCompany.Message}"]);
        }

        var key = services.KeyOf(compiled.Name);
        var coupling = new Coupling { LocalId = localId, IntegrationId = integrationId };
        return await runner.UnderLeaseAsync(
            key,
            async lease =>
            {
                if (await RequireFreeAsync(key, coupling, cancellationToken).ConfigureAwait(false) is { } existing)
                {
                    return existing;
                }

                await ClaimAsync(compiled, row, lease, cancellationToken).ConfigureAwait(false);

                // A record that failed or waited may have been edited since the checkpoint passed it. So its failure
                // becomes due, and the next run of modified records synchronizes the pair.
                var failures = await ListFailuresAsync(key, coupling, cancellationToken).ConfigureAwait(false);
                var commit = new StoreCommit
                {
                    Lease = lease.Current,
                    Couplings = [coupling],
                    Failures = failures.ConvertAll(
                        failure => CoupledByPerson.MakeDue(failure, services.TimeProvider.GetUtcNow())),
                };
                await services.Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
                return coupling;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Couples each uncoupled local record with its only match on the integration side.</summary>
    /// <remarks>
    /// A record matches if a rule names its partner (<see cref="ISyncRule.PartnerWantedAsync"/>) or if the mapping's
    /// <see cref="IIntegrationTableMapping.MatchGroups"/> find exactly one uncoupled record. Both tables are read
    /// completely. The new pairs are not synchronized. Business Central: match-based coupling.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="options">Settings of this run, or null for <see cref="SyncRunOptions.Default"/>.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The job of the run. <see cref="SyncCounters.Coupled"/> is the number of new couplings; records without a match
    /// count as skipped.
    /// </returns>
    /// <exception cref="SyncConfigurationException">
    /// There is no such mapping, the mapping has neither match fields nor rules, or the mapping or an option is invalid.
    /// </exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public async Task<SyncJob> MatchAsync(
        string mapping, SyncRunOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new RunRequest(SyncJobKind.Coupling, options);
        var compiled = await runner.CompileAsync(mapping, cancellationToken).ConfigureAwait(false);
        return compiled.Mapping.MatchGroups.Count == 0 && compiled.Rules.Length == 0
            ? throw new SyncConfigurationException(
                [$"Mapping '{compiled.Name}' has neither match fields nor a rule that could find partners."])
            : await runner.RunAsync(mapping, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Removes the couplings of records, together with their stored failures. The records themselves do not change.
    /// </summary>
    /// <remarks>
    /// Open conflicts of the pairs lapse. Later runs leave the records alone. If one of them is edited, and in a full run,
    /// they are listed as <see cref="RecordFailureState.Doubtful"/>, and are neither coupled nor created until a person
    /// decides. Business Central couples or creates them again.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">The ids of the records on that side. Duplicates are ignored.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>
    /// The job. <see cref="SyncCounters.Uncoupled"/> is the number of couplings removed; records that were not coupled
    /// count as skipped.
    /// </returns>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is empty.</exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public async Task<SyncJob> UncoupleAsync(
        string mapping, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        _ = NamedRecords.Of(side, ids);
        var known = services.Catalog[mapping];
        var claimed = await TryCompileAsync(known, cancellationToken).ConfigureAwait(false);
        var key = await services.KeyAsync(known.Name, cancellationToken).ConfigureAwait(false);
        return await runner.UnderLeaseAsync(
            key,
            async lease =>
            {
                var couplings = await services.Store.FindAsync(key, side, ids, cancellationToken)
                    .ConfigureAwait(false);
                var released = await ReleaseAsync(claimed, couplings, lease, cancellationToken).ConfigureAwait(false);
                return await UncoupleAsync(key, known, new(side, ids), couplings, released, lease, cancellationToken)
                    .ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    // Only a mapping with a company column needs its systems to uncouple, and it uncouples without them as well. Then the
    // rows remain claimed.
    private async Task<CompiledMapping?> TryCompileAsync(
        IIntegrationTableMapping mapping, CancellationToken cancellationToken)
    {
        if (mapping.CompanyColumns.Count == 0)
        {
            return null;
        }

        try
        {
            return await runner.CompileAsync(mapping.Name, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ConnectorException or SyncConfigurationException)
        {
            return null;
        }
    }

    private async Task<ReleasedRows> ReleaseAsync(
        CompiledMapping? mapping,
        IReadOnlyList<Coupling> couplings,
        LeaseKeeper lease,
        CancellationToken cancellationToken)
    {
        if (mapping?.Claim is null || couplings.Count == 0)
        {
            return new();
        }

        try
        {
            var tables = TablesOf(mapping);
            List<Guid> ids = [.. couplings.Select(coupling => coupling.IntegrationId)];
            _ = await lease.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
            return await new RowClaims(mapping, tables).ReleaseAsync(ids, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException)
        {
            return new();
        }
    }

    // The version of a record that was written since the last run is not known yet. If it stays unknown, the next feed
    // lists the record as doubtful.
    private async Task<List<RecordFailure>> RememberAsync(
        SyncJob job,
        IIntegrationTableMapping mapping,
        IReadOnlyList<Coupling> couplings,
        ReleasedRows released,
        CancellationToken cancellationToken)
    {
        var entries = new List<RecordFailure>();
        foreach (var side in Sides.Both)
        {
            var versions = couplings.ToDictionary(coupling => coupling.IdOf(side), coupling => coupling.VersionOf(side));
            foreach (var (id, version) in side == SyncSide.Local ? [] : released.Versions)
            {
                versions[id] = Fingerprint.OfVersion(version);
            }

            List<Guid> unknown = [.. versions.Where(item => item.Value == 0).Select(item => item.Key)];
            foreach (var record in await TryReadAsync(side, mapping, unknown, cancellationToken).ConfigureAwait(false))
            {
                versions[record.Id] = Fingerprint.OfVersion(record.Version);
            }

            entries.AddRange(couplings.Select(coupling => UncoupledPairs.Remember(
                coupling, side, UncoupledPairs.ByDecision, versions[coupling.IdOf(side)], job.StartedOn, job.Id)));
        }

        return entries;
    }

    // Uncoupling needs no system. If one does not answer, its next feed may couple the records again.
    private async Task<IReadOnlyList<TableRecord>> TryReadAsync(
        SyncSide side, IIntegrationTableMapping mapping, List<Guid> ids, CancellationToken cancellationToken)
    {
        if (ids.Count == 0)
        {
            return [];
        }

        try
        {
            var query = new RecordQuery { Table = mapping.TableOn(side), Fields = [], Ids = ids };
            return await services.Systems[side].ReadByIdAsync(query, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException)
        {
            return [];
        }
    }

    private async Task<List<RecordFailure>> ListFailuresAsync(
        MappingKey key, Coupling coupling, CancellationToken cancellationToken)
    {
        var found = new List<RecordFailure>();
        await foreach (var failure in services.Store.ListFailuresAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (failure.Record.Id == coupling.IdOf(failure.Record.Side))
            {
                found.Add(failure);
            }
        }

        return found;
    }

    private async Task<TableRecord> RequireAsync(
        SyncSide side, CompiledMapping mapping, Guid id, CancellationToken cancellationToken)
    {
        var connector = services.Systems[side];
        var schema = mapping.Schema(side);
        var query = new RecordQuery { Table = schema.Name, Fields = FieldsToRead(side, mapping), Ids = [id] };
        var found = await connector.ReadByIdAsync(query, cancellationToken).ConfigureAwait(false);
        return found.Count > 0
            ? found[0]
            : throw new SyncConfigurationException([$"{connector.Name} has no record {id} in table '{schema.Name}'."]);
    }

    private static IReadOnlyList<string> FieldsToRead(SyncSide side, CompiledMapping mapping) =>
        side == SyncSide.Integration && mapping.Claim is { } claim ? [claim.Column] : [];

    // The claim comes first: a row that another company claims meanwhile is not coupled.
    private async Task ClaimAsync(
        CompiledMapping mapping, TableRecord row, LeaseKeeper lease, CancellationToken cancellationToken)
    {
        if (mapping.Claim is not { } claim || !claim.IsNeededBy(row))
        {
            return;
        }

        _ = await lease.CoverWriteAsync(cancellationToken).ConfigureAwait(false);
        var results = await TablesOf(mapping)
            .WriteAsync(SyncSide.Integration, [RowClaims.UpdateOf(row, claim.Write)], null, cancellationToken)
            .ConfigureAwait(false);
        if (results[0].Status != WriteStatus.Applied)
        {
            throw new SyncConfigurationException(
                [$"Record {row.Id} could not be claimed for the company: {WriteErrors.Of(results[0]).Message}"]);
        }
    }

    private MappingTables TablesOf(CompiledMapping mapping) =>
        new(mapping, services.Systems, pageSize: null, services.TimeProvider);

    // Answers the coupling of the two if they are coupled to each other already.
    private async Task<Coupling?> RequireFreeAsync(
        MappingKey key, Coupling coupling, CancellationToken cancellationToken)
    {
        Coupling? existing = null;
        foreach (var side in Sides.Both)
        {
            var found = await services.Store.FindAsync(key, side, [coupling.IdOf(side)], cancellationToken)
                .ConfigureAwait(false);
            if (found.Count > 0 && found[0].IdOf(side.Opposite()) != coupling.IdOf(side.Opposite()))
            {
                throw new CouplingStoreException(
                    CouplingStoreFailure.AlreadyCoupled,
                    $"The {side.Word()} record {coupling.IdOf(side)} is coupled to another record "
                    + $"in mapping '{key.Mapping}'.");
            }

            existing = found.Count > 0 ? found[0] : existing;
        }

        return existing;
    }

    private async Task<SyncJob> UncoupleAsync(
        MappingKey key,
        IIntegrationTableMapping mapping,
        NamedRecords records,
        IReadOnlyList<Coupling> couplings,
        ReleasedRows released,
        LeaseKeeper lease,
        CancellationToken cancellationToken)
    {
        var (side, ids) = (records.Side, records.Ids);
        var job = services.NewJob(mapping, SyncJobKind.Uncoupling);
        var commit = new StoreCommit
        {
            Lease = lease.Current,
            UncoupledLocalIds = [.. couplings.Select(coupling => coupling.LocalId)],
            Failures = await RememberAsync(job, mapping, couplings, released, cancellationToken).ConfigureAwait(false),
        };
        await services.Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        var known = couplings.Select(coupling => coupling.IdOf(side)).ToHashSet();
        var errors = ids.Distinct().Where(id => !known.Contains(id)).Select(id => new SyncJobError(
            job.Id,
            new(side, id),
            job.StartedOn,
            new(SyncErrorCodes.NotCoupled, $"The record is not coupled in mapping '{key.Mapping}'."))).ToList();
        errors.AddRange(released.Errors.Select(item => new SyncJobError(
            job.Id, new(SyncSide.Integration, item.Key), job.StartedOn, item.Value)));
        job = job with
        {
            Status = SyncJobStatus.Finished,
            FinishedOn = services.TimeProvider.GetUtcNow(),
            Counters = new() { Uncoupled = couplings.Count, Skipped = ids.Distinct().Count() - couplings.Count },
        };
        await services.JobLog.SaveAsync(job, cancellationToken).ConfigureAwait(false);
        if (errors.Count > 0)
        {
            await services.JobLog.AddErrorsAsync(errors, cancellationToken).ConfigureAwait(false);
        }

        return job;
    }
}
