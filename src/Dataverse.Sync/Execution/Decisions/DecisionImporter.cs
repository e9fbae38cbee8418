namespace Dataverse.Sync.Execution;

/// <summary>
/// Carries out the decisions of a file. A decision that cannot be carried out changes nothing and is answered with the
/// reason.
/// </summary>
internal sealed class DecisionImporter(
    EngineServices services, MappingRunner runner, CompiledMapping mapping, MappingKey key)
{
    private const int ChunkSize = 500;

    private readonly Dictionary<DecisionRow, SyncError?> answers = new(ReferenceEqualityComparer.Instance);

    /// <exception cref="FormatException">The file is no file of decisions. Nothing was changed.</exception>
    public async Task<DecisionImport> ImportAsync(TextReader reader, CancellationToken cancellationToken)
    {
        var file = new DecisionFile(reader);
        var rows = await file.ReadAsync(cancellationToken).ToListAsync(cancellationToken).ConfigureAwait(false);
        var open = Understand(rows);
        if (open.Count > 0)
        {
            var creations = await runner.UnderLeaseAsync(
                key, lease => CarryOutAsync(open, lease, cancellationToken), cancellationToken).ConfigureAwait(false);
            await CreateAsync(creations, cancellationToken).ConfigureAwait(false);
        }

        return new()
        {
            Decisions = [.. rows.Select(row => row.Answer(answers[row]))],
            RowsWithoutDecision = file.RowsWithoutDecision,
        };
    }

    private List<DecisionRow> Understand(List<DecisionRow> rows)
    {
        foreach (var row in rows.Where(row => row.Problem is not null))
        {
            answers[row] = row.Problem;
        }

        var clear = rows.FindAll(row => row.Problem is null);
        foreach (var (row, other) in Contradictions.Find(clear))
        {
            answers[row] = DecisionErrors.Contradicts(other);
        }

        return clear.FindAll(row => !answers.ContainsKey(row));
    }

    // Returns the rows whose partners are to be created, which takes a run of its own.
    private async Task<List<DecisionRow>> CarryOutAsync(
        List<DecisionRow> rows, LeaseKeeper lease, CancellationToken cancellationToken)
    {
        var failures = await FailureLedger.LoadAsync(services.Store, key, cancellationToken).ConfigureAwait(false);
        var check = new DecisionCheck(mapping, new(services, mapping, key), failures);
        var creations = new List<DecisionRow>();
        var couplings = new HashSet<(RecordKey Local, RecordKey Integration)>();
        foreach (var chunk in rows.Chunk(ChunkSize))
        {
            // The same decision may stand in two rows, such as in those of both records of a pair.
            var repeated = chunk.Where(row => row.Pair is { } pair && couplings.Contains(pair)).ToList();
            repeated.ForEach(row => answers[row] = null);
            List<DecisionRow> fresh = [.. chunk.Except(repeated)];
            var problems = await check.FindProblemsAsync(fresh, cancellationToken).ConfigureAwait(false);
            fresh.ForEach(row => answers[row] = problems.GetValueOrDefault(row));
            var valid = fresh.FindAll(row => answers[row] is null);
            creations.AddRange(valid.Where(row => row.Decision == DoubtDecision.Create));
            var commit = CommitOf(valid, failures, lease.Current);
            couplings.UnionWith(valid.Select(row => row.Pair).OfType<(RecordKey, RecordKey)>());
            if (commit.Couplings.Count + commit.Failures.Count > 0)
            {
                await services.Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
            }
        }

        return creations;
    }

    private StoreCommit CommitOf(List<DecisionRow> rows, FailureLedger failures, MappingLease lease)
    {
        var now = services.TimeProvider.GetUtcNow();
        var pairs = rows.Select(row => row.Pair).OfType<(RecordKey Local, RecordKey Integration)>().Distinct().ToList();
        var coupled = pairs.SelectMany(pair => new[] { pair.Local, pair.Integration }).Select(failures.Of)
            .OfType<RecordFailure>().Select(failure => CoupledByPerson.MakeDue(failure, now));
        var ignored = rows.Where(row => row.Decision == DoubtDecision.Ignore).Select(row => row.Record!.Value).Distinct()
            .Select(record => failures.Of(record)! with { State = RecordFailureState.Skipped });
        return new()
        {
            Lease = lease,
            Couplings = pairs.ConvertAll(pair => Coupling.Between(SyncSide.Local, pair.Local.Id, pair.Integration.Id)),
            Failures = [.. coupled, .. ignored],
        };
    }

    private async Task CreateAsync(List<DecisionRow> rows, CancellationToken cancellationToken)
    {
        foreach (var group in rows.GroupBy(row => row.Record!.Value.Side))
        {
            var request = new RunRequest(SyncJobKind.Records, new() { RetriesAllFailures = true })
            {
                Records = NamedRecords.Of(group.Key, [.. group.Select(row => row.Record!.Value.Id).Distinct()]),
                CreatesDoubtful = true,
            };
            var errors = await RunAsync(request, cancellationToken).ConfigureAwait(false);
            await AnswerAsync([.. group], errors, cancellationToken).ConfigureAwait(false);
        }
    }

    // The reason why the run ended early is the result of the rows whose partners it did not create.
    private async Task<Func<RecordKey, SyncError?>> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var job = await runner.RunAsync(mapping.Name, request, cancellationToken).ConfigureAwait(false);
            var errors = await services.JobLog.ListErrorsAsync(job.Id, cancellationToken).ConfigureAwait(false);
            var byRecord = errors.ToLookup(error => error.Record, error => error.Error);
            return record => byRecord[record].FirstOrDefault();
        }
        catch (SyncException failure)
        {
            var reason = DecisionErrors.NotRun(failure);
            return _ => reason;
        }
    }

    private async Task AnswerAsync(
        List<DecisionRow> rows, Func<RecordKey, SyncError?> errorOf, CancellationToken cancellationToken)
    {
        var records = rows.ConvertAll(row => row.Record!.Value);
        var coupled = await new CurrentRecords(services, mapping, key).FindCoupledAsync(records, cancellationToken)
            .ConfigureAwait(false);
        foreach (var row in rows)
        {
            var record = row.Record!.Value;
            answers[row] = coupled.ContainsKey(record) ? null : errorOf(record) ?? DecisionErrors.NotCreated;
        }
    }
}
