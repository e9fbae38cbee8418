using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Couples, matches, uncouples, and lists the couplings of an engine's mappings.</summary>
/// <remarks>Safe for concurrent use. Changing couplings needs the mapping for itself: while a run is under way, <see cref="MappingBusyException"/> is thrown.</remarks>
public sealed class SyncCouplings
{
    private readonly EngineServices services;
    private readonly MappingRunner runner;

    internal SyncCouplings(EngineServices services, MappingRunner runner)
    {
        this.services = services;
        this.runner = runner;
    }

    /// <summary>Lists the couplings of a mapping.</summary>
    public IAsyncEnumerable<Coupling> ListAsync(string mapping, CancellationToken cancellationToken = default) =>
        services.Store.ListAsync(services.KeyOf(services.Catalog[mapping].Name), cancellationToken);

    /// <summary>Finds the coupling of a record; null when it has none.</summary>
    public async Task<Coupling?> FindAsync(string mapping, SyncSide side, Guid id, CancellationToken cancellationToken = default)
    {
        var found = await services.Store.FindAsync(services.KeyOf(services.Catalog[mapping].Name), side, [id], cancellationToken).ConfigureAwait(false);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Couples two existing records. Nothing is synchronized yet: synchronize the record, or run in full; a run of modified records looks at the pair when one of its records changes.</summary>
    /// <exception cref="CouplingStoreException">One of the two is coupled to another record already.</exception>
    /// <exception cref="SyncConfigurationException">A record does not exist.</exception>
    public async Task<Coupling> CoupleAsync(string mapping, Guid localId, Guid integrationId, CancellationToken cancellationToken = default)
    {
        var compiled = await runner.CompileAsync(mapping, cancellationToken).ConfigureAwait(false);
        await RequireAsync(services.Local, compiled.Local, localId, cancellationToken).ConfigureAwait(false);
        await RequireAsync(services.Integration, compiled.Integration, integrationId, cancellationToken).ConfigureAwait(false);
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

                var cleared = new[] { new RecordKey(SyncSide.Local, localId), new RecordKey(SyncSide.Integration, integrationId) };
                await services.Store.CommitAsync(new() { Lease = lease.Current, Couplings = [coupling], ClearedFailures = cleared }, cancellationToken).ConfigureAwait(false);
                return coupling;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Couples the uncoupled local records that find exactly one uncoupled partner by the mapping's match fields.</summary>
    /// <returns>The job; its counter of coupled records tells how many were found.</returns>
    public Task<SyncJob> MatchAsync(string mapping, SyncRunOptions? options = null, CancellationToken cancellationToken = default) =>
        runner.RunAsync(mapping, new(SyncJobKind.Coupling, SyncRunOptionsValidator.Validate(options)), cancellationToken);

    /// <summary>Removes the couplings of records; both records of each pair stay as they are.</summary>
    /// <returns>The job; its counter of uncoupled records tells how many were coupled.</returns>
    public Task<SyncJob> UncoupleAsync(string mapping, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        var compiled = services.Catalog[mapping];
        var key = services.KeyOf(compiled.Name);
        return runner.UnderLeaseAsync(key, lease => UncoupleAsync(key, compiled, side, ids, lease, cancellationToken), cancellationToken);
    }

    private static async Task RequireAsync(ITableConnector connector, TableSchema schema, Guid id, CancellationToken cancellationToken)
    {
        var found = await connector.ReadByIdAsync(new() { Table = schema.Name, Fields = [], Ids = [id] }, cancellationToken).ConfigureAwait(false);
        if (found.Count == 0)
        {
            throw new SyncConfigurationException([$"{connector.Name} has no record {id} in table '{schema.Name}'."]);
        }
    }

    // Answers the coupling of the two if they are coupled to each other already.
    private async Task<Coupling?> RequireFreeAsync(MappingKey key, Coupling coupling, CancellationToken cancellationToken)
    {
        Coupling? existing = null;
        foreach (var side in Sides.Both)
        {
            var found = await services.Store.FindAsync(key, side, [coupling.IdOf(side)], cancellationToken).ConfigureAwait(false);
            if (found.Count > 0 && found[0].IdOf(side.Opposite()) != coupling.IdOf(side.Opposite()))
            {
                throw new CouplingStoreException(CouplingStoreFailure.AlreadyCoupled, $"The {(side == SyncSide.Local ? "local" : "integration")} record {coupling.IdOf(side)} is coupled to another record in mapping '{key.Mapping}'.");
            }

            existing = found.Count > 0 ? found[0] : existing;
        }

        return existing;
    }

    private async Task<SyncJob> UncoupleAsync(MappingKey key, IIntegrationTableMapping mapping, SyncSide side, IReadOnlyCollection<Guid> ids, LeaseKeeper lease, CancellationToken cancellationToken)
    {
        var job = new SyncJob { Id = services.NewId(), Key = key, Kind = SyncJobKind.Uncoupling, Direction = mapping.Direction, StartedOn = services.TimeProvider.GetUtcNow() };
        var couplings = await services.Store.FindAsync(key, side, ids, cancellationToken).ConfigureAwait(false);
        var cleared = couplings.SelectMany(coupling => Sides.Both.Select(each => new RecordKey(each, coupling.IdOf(each)))).ToList();
        await services.Store.CommitAsync(
            new() { Lease = lease.Current, UncoupledLocalIds = [.. couplings.Select(coupling => coupling.LocalId)], ClearedFailures = cleared },
            cancellationToken).ConfigureAwait(false);
        job = job with
        {
            Status = SyncJobStatus.Finished,
            FinishedOn = services.TimeProvider.GetUtcNow(),
            Counters = new() { Uncoupled = couplings.Count, Skipped = ids.Distinct().Count() - couplings.Count },
        };
        await services.JobLog.SaveAsync(job, cancellationToken).ConfigureAwait(false);
        return job;
    }
}
