namespace Dataverse.Sync.Execution;

/// <summary>Finds out whether decisions of a file still apply: nothing that the person saw may have changed since.</summary>
internal sealed class DecisionCheck(CompiledMapping mapping, CurrentRecords current, FailureLedger failures)
{
    /// <summary>Returns why a decision cannot be carried out, for each row for which there is a reason.</summary>
    public async Task<Dictionary<DecisionRow, SyncError>> FindProblemsAsync(
        IReadOnlyList<DecisionRow> rows, CancellationToken cancellationToken)
    {
        var keys = rows.SelectMany(row => row.Candidate is { } candidate && row.Decision == DoubtDecision.Couple
            ? new[] { row.Record!.Value, candidate }
            : [row.Record!.Value]).ToHashSet();
        var records = await current.ReadAsync(keys, cancellationToken).ConfigureAwait(false);
        var coupled = await current.FindCoupledAsync(keys, cancellationToken).ConfigureAwait(false);
        var problems = new Dictionary<DecisionRow, SyncError>(ReferenceEqualityComparer.Instance);
        foreach (var row in rows)
        {
            if (ProblemOf(row, records, coupled) is { } problem)
            {
                problems[row] = problem;
            }
        }

        return problems;
    }

    private SyncError? ProblemOf(
        DecisionRow row, Dictionary<RecordKey, TableRecord> records, Dictionary<RecordKey, Guid> coupled)
    {
        var record = row.Record!.Value;
        if (failures.Of(record) is not { } failure || !DecisionExport.IsOpen(failure))
        {
            return DecisionErrors.NotDoubtful;
        }

        if (!records.TryGetValue(record, out var present))
        {
            return DecisionErrors.RecordGone;
        }

        if (IsChanged(record, present, row.Version!.Value))
        {
            return DecisionErrors.RecordChanged;
        }

        return IsOthers(record, present) ? SelectionErrors.OtherCompany
            : coupled.ContainsKey(record) ? DecisionErrors.NotFree
            : row.Decision == DoubtDecision.Couple ? ProblemOfPair(row, failure, records, coupled)
            : null;
    }

    private SyncError? ProblemOfPair(
        DecisionRow row,
        RecordFailure failure,
        Dictionary<RecordKey, TableRecord> records,
        Dictionary<RecordKey, Guid> coupled)
    {
        var candidate = row.Candidate!.Value;
        if (candidate.Side == failure.Record.Side || failure.Candidates.All(known => known.Record != candidate))
        {
            return DecisionErrors.NotACandidate;
        }

        if (!records.TryGetValue(candidate, out var present))
        {
            return DecisionErrors.CandidateGone;
        }

        return IsChanged(candidate, present, row.CandidateVersion!.Value) ? DecisionErrors.CandidateChanged
            : IsOthers(candidate, present) ? SelectionErrors.OtherCompany
            : coupled.ContainsKey(candidate) ? DecisionErrors.NotFree
            : null;
    }

    private bool IsOthers(RecordKey key, TableRecord record) => new FilterGate(mapping).IsClaimedByOther(key.Side, record);

    private bool IsChanged(RecordKey key, TableRecord record, ulong seen) => current.StateOf(key.Side, record) != seen;
}
