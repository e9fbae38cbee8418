namespace Dataverse.Sync.Execution;

/// <summary>
/// Records the conflicts of a pair's plan: as open before its writes are sent, as resolved after they are applied.
/// </summary>
internal sealed class PairConflicts(ConflictHistory history, ConflictLedger ledger)
{
    /// <summary>Returns the resolved conflicts of a plan that need no write or whose write was applied.</summary>
    public static IEnumerable<FieldConflict> CarriedOut(WrittenPair written) => written.Plan.Recorded.Where(field =>
        field.Resolution != ConflictResolution.Open
        && (written.Results[TargetOf(field)] is null or { Status: WriteStatus.Applied }));

    /// <summary>Records the conflicts that a plan resolves, before its writes are sent.</summary>
    /// <returns>The write. The decisions of its earlier rounds are recorded now.</returns>
    public PairWrite RecordBeforeWrite(PairWrite write, UnitOfWork unit)
    {
        if (!IsDeciding(write) || write.Pair.Coupling is not { } coupling)
        {
            return write;
        }

        unit.Record(history.Update(coupling, write.Plan.Recorded, write.Pair.History.Decided));
        return write with { Pair = write.Pair with { History = write.Pair.History with { Decided = [] } } };
    }

    /// <summary>Records the conflicts of a plan that was carried out completely.</summary>
    public void RecordSuccess(WrittenPair written, Coupling coupling, UnitOfWork unit)
    {
        var fields = written.Plan.Recorded;
        var before = written.Pair.History.Decided;
        if (fields.Count + before.Count == 0 && ledger.OpenOf(coupling.LocalId) is null)
        {
            return;
        }

        var open = fields.Where(field => field.Resolution == ConflictResolution.Open);
        var decided = before.Concat(fields.Where(field => field.Resolution != ConflictResolution.Open));
        unit.Record(history.Update(coupling, [.. open], [.. decided]));
    }

    /// <summary>Records the conflicts of a plan that was carried out partly or not at all.</summary>
    public void RecordFailure(WrittenPair written, Coupling coupling, UnitOfWork unit)
    {
        var carriedOut = written.OnlyAppliedSide is null ? [] : CarriedOut(written);
        List<FieldConflict> done = [.. written.Pair.History.Decided.Concat(carriedOut).Distinct()];
        if (done.Count > 0)
        {
            unit.Record(history.Update(coupling, [.. written.Plan.Recorded.Except(done)], done));
        }
    }

    /// <summary>
    /// Records that the conflict about a deletion is resolved, because the deleted record was created again.
    /// </summary>
    public void RecordRestoration(Coupling replaced, SyncSide survivor, UnitOfWork unit) =>
        unit.Record(history.ResolveDeletion(replaced.LocalId, winner: survivor));

    private static bool IsDeciding(PairWrite write)
    {
        foreach (var field in write.Plan.Recorded)
        {
            if (field.Resolution != ConflictResolution.Open && write.Operations[TargetOf(field)] is not null)
            {
                return true;
            }
        }

        return false;
    }

    private static SyncSide TargetOf(FieldConflict field) =>
        field.Resolution == ConflictResolution.LocalWon ? SyncSide.Integration : SyncSide.Local;
}
