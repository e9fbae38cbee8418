using Dataverse.Sync.Execution;

namespace Dataverse.Sync;

/// <summary>Lists the records whose partner is doubtful, and lets a person decide about them, one by one or in bulk.</summary>
/// <remarks>
/// Safe for concurrent use. Listing reads the store only; exporting reads the records concerned as well. The other members
/// require the lease of the mapping: while the mapping has a run, they throw <see cref="MappingBusyException"/>. To couple
/// a record with a partner of choice, use <see cref="SyncCouplings.CoupleAsync"/>.
/// </remarks>
public sealed class SyncDoubts
{
    private readonly EngineServices services;
    private readonly MappingRunner runner;

    internal SyncDoubts(EngineServices services, MappingRunner runner)
    {
        this.services = services;
        this.runner = runner;
    }

    /// <summary>Lists the doubtful records with their candidates, the oldest first.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The records, read from the store while they are enumerated.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public IAsyncEnumerable<RecordFailure> ListAsync(string mapping, CancellationToken cancellationToken = default) =>
        services.ListAsync(
            services.Catalog[mapping].Name,
            key => services.Store.ListFailuresAsync(key, cancellationToken),
            cancellationToken)
            .Where(failure => failure.State == RecordFailureState.Doubtful);

    /// <summary>Couples doubtful records, each with the candidate that agrees with it in most mapped fields.</summary>
    /// <remarks>
    /// A record stays doubtful if no uncoupled candidate agrees in any field, if several agree in equally many, or if two
    /// records have the same best candidate. The new pairs are synchronized by the next run of modified records.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="filter">Chooses the doubtful records, or null for all of them.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The new couplings.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or a mapping is invalid.</exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    /// <exception cref="ConnectorException">The records cannot be read.</exception>
    public async Task<IReadOnlyList<Coupling>> CoupleBestAsync(
        string mapping, Func<RecordFailure, bool>? filter = null, CancellationToken cancellationToken = default)
    {
        var compiled = await runner.CompileAsync(mapping, cancellationToken).ConfigureAwait(false);
        var key = services.KeyOf(compiled.Name);
        return await runner.UnderLeaseAsync(
            key,
            async lease =>
            {
                var doubts = await ChooseAsync(mapping, filter, cancellationToken).ConfigureAwait(false);
                var choice = new BestCandidates(services, compiled, key);
                var couplings = await choice.FindAsync(doubts, cancellationToken).ConfigureAwait(false);
                await CommitAsync(lease, couplings, doubts, cancellationToken).ConfigureAwait(false);
                return couplings;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates the partners of doubtful records, although other records match.</summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="side">The side of the records.</param>
    /// <param name="ids">
    /// The ids of the records on that side. Duplicates are ignored. A record that is not doubtful is synchronized as by
    /// <see cref="SyncEngine.SynchronizeRecordsAsync"/>.
    /// </param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The job of the run.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="ids"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="ids"/> is empty.</exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or a mapping is invalid.</exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public Task<SyncJob> CreatePartnersAsync(
        string mapping, SyncSide side, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken = default)
    {
        var request = new RunRequest(SyncJobKind.Records, new() { RetriesAllFailures = true })
        {
            Records = NamedRecords.Of(side, ids),
            CreatesDoubtful = true,
        };
        return runner.RunAsync(mapping, request, cancellationToken);
    }

    /// <summary>
    /// Leaves doubtful records alone for good: no run looks at them again until a person couples them, lets their partners
    /// be created, or retries them with <see cref="SyncIssues.RetryAsync"/>.
    /// </summary>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="filter">Chooses the doubtful records, or null for all of them.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The number of records that are now <see cref="RecordFailureState.Skipped"/>.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    public async Task<int> IgnoreAsync(
        string mapping, Func<RecordFailure, bool>? filter = null, CancellationToken cancellationToken = default)
    {
        var key = await services.KeyAsync(services.Catalog[mapping].Name, cancellationToken).ConfigureAwait(false);
        return await runner.UnderLeaseAsync(
            key,
            async lease =>
            {
                var doubts = await ChooseAsync(mapping, filter, cancellationToken).ConfigureAwait(false);
                var commit = new StoreCommit
                {
                    Lease = lease.Current,
                    Failures = doubts.ConvertAll(doubt => doubt with { State = RecordFailureState.Skipped }),
                };
                await services.Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
                return doubts.Count;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Lists the records of pairs that were uncoupled and that no run has listed as doubtful yet.</summary>
    /// <remarks>
    /// Each has its former partner as its candidate. <see cref="SyncError.Code"/> is <see cref="SyncErrorCodes.Uncoupled"/>
    /// after a decision, or <see cref="SyncErrorCodes.LeftFilter"/> after a record left its filter. Couple the two again
    /// with <see cref="SyncCouplings.CoupleAsync"/> or <see cref="ImportAsync"/>.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The records, read from the store while they are enumerated.</returns>
    /// <exception cref="SyncConfigurationException">There is no such mapping.</exception>
    public IAsyncEnumerable<RecordFailure> ListUncoupledAsync(
        string mapping, CancellationToken cancellationToken = default) =>
        services.ListAsync(
            services.Catalog[mapping].Name,
            key => services.Store.ListFailuresAsync(key, cancellationToken),
            cancellationToken)
            .Where(failure => failure.State == RecordFailureState.Uncoupled);

    /// <summary>
    /// Writes the doubtful records, and those of pairs that a person uncoupled, as a file of comma-separated values in which
    /// a person enters decisions for <see cref="ImportAsync"/>.
    /// </summary>
    /// <remarks>
    /// One row for each record and candidate, with an empty column <c>decision</c>. Enter <c>couple</c> in the row of the
    /// candidate, or <c>create</c> or <c>ignore</c> in any row of the record. The file follows RFC 4180, is independent of the
    /// culture, and contains nothing that a spreadsheet takes for a formula: an apostrophe stands before a text that begins
    /// like one. The records are read by id, so that the file contains their present versions.
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="writer">Receives the rows while they are read.</param>
    /// <param name="options">Settings, or null for a file without values.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The number of rows, without the header.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="writer"/> is null.</exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or a mapping is invalid.</exception>
    /// <exception cref="ConnectorException">The records cannot be read.</exception>
    public async Task<long> ExportAsync(
        string mapping,
        TextWriter writer,
        DecisionExportOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var compiled = await runner.CompileAsync(mapping, cancellationToken).ConfigureAwait(false);
        var export = new DecisionExport(services, compiled, services.KeyOf(compiled.Name));
        return await export.WriteAsync(writer, options ?? new(), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Carries out the decisions of a file that <see cref="ExportAsync"/> wrote and a person completed.</summary>
    /// <remarks>
    /// <para>Each row is judged by itself. Nothing is changed for a row that names an unknown record or candidate, whose
    /// record or candidate was changed since the export, or that contradicts another row. Rows without a decision are passed
    /// over. New pairs are synchronized by the next run of modified records; new partners are created at once, by a run of
    /// the named records.</para>
    /// <para>Columns may be moved, added, or, for values, removed. Commas, semicolons, and tabs are understood as
    /// separators.</para>
    /// </remarks>
    /// <param name="mapping">The name of the mapping, compared without regard to letter case.</param>
    /// <param name="reader">The file.</param>
    /// <param name="cancellationToken">A token that cancels the operation.</param>
    /// <returns>The result of each decision.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="reader"/> is null.</exception>
    /// <exception cref="FormatException">The file is no such file. Nothing was changed.</exception>
    /// <exception cref="SyncConfigurationException">There is no such mapping, or a mapping is invalid.</exception>
    /// <exception cref="MappingBusyException">The mapping is being run by this or another engine.</exception>
    /// <exception cref="ConnectorException">The records cannot be read or written.</exception>
    public async Task<DecisionImport> ImportAsync(
        string mapping, TextReader reader, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var compiled = await runner.CompileAsync(mapping, cancellationToken).ConfigureAwait(false);
        var importer = new DecisionImporter(services, runner, compiled, services.KeyOf(compiled.Name));
        return await importer.ImportAsync(reader, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<List<RecordFailure>> ChooseAsync(
        string mapping, Func<RecordFailure, bool>? filter, CancellationToken cancellationToken) =>
        ListAsync(mapping, cancellationToken).Where(doubt => filter?.Invoke(doubt) != false)
            .ToListAsync(cancellationToken);

    private async Task CommitAsync(
        LeaseKeeper lease,
        IReadOnlyList<Coupling> couplings,
        List<RecordFailure> doubts,
        CancellationToken cancellationToken)
    {
        var now = services.TimeProvider.GetUtcNow();
        var coupled = couplings.SelectMany(coupling => Sides.Both.Select(side => new RecordKey(side, coupling.IdOf(side))))
            .ToHashSet();
        var commit = new StoreCommit
        {
            Lease = lease.Current,
            Couplings = couplings,
            Failures = [.. doubts.Where(doubt => coupled.Contains(doubt.Record))
                .Select(doubt => CoupledByPerson.MakeDue(doubt, now))],
        };
        await services.Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
    }
}
