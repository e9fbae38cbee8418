namespace Dataverse.Sync.Execution;

/// <summary>A record on its way through the steps, with what each step found out.</summary>
internal sealed class PairWork
{
    // Nearly every record has one entry, and most have no conflict: arrays of the very size, and none where there is nothing.
    private Intent[] intents = [];
    private FieldConflict[] decidedBefore = [];
    private int gone;

    public PairWork(SyncSide source, TableRecord record, Coupling? coupling)
    {
        Source = source;
        Coupling = coupling;
        Base = coupling?.Base;
        Set(source, record);
    }

    public SyncSide Source { get; }

    public Coupling? Coupling { get; set; }

    /// <summary>What was last synchronized; moves on when one of two writes was done and the other must be planned again.</summary>
    public SynchronizedBase? Base { get; set; }

    public TableRecord? Local { get; private set; }

    public TableRecord? Integration { get; private set; }

    /// <summary>Whether this run found the partner, so that the pair counts as coupled.</summary>
    public bool IsNewlyCoupled { get; set; }

    public PairPlan? Plan { get; set; }

    public WriteOperation? LocalOperation { get; private set; }

    public WriteOperation? IntegrationOperation { get; private set; }

    public WriteResult? LocalResult { get; private set; }

    public WriteResult? IntegrationResult { get; private set; }

    /// <summary>The journal's entries of the writes under way.</summary>
    public IReadOnlyList<Intent> Intents => intents;

    /// <summary>The journal's entry of the insert that made this record, when its answer had been lost; null for every other record.</summary>
    public Intent? Adopts { get; set; }

    /// <summary>The coupling whose other record was deleted and is created again; null for every other record.</summary>
    public Coupling? Restores { get; init; }

    /// <summary>Whether a write was already done in an earlier round, so that the pair counts as modified.</summary>
    public bool WroteBefore { get; set; }

    public TableRecord SourceRecord => On(Source)!;

    public RecordKey Key => new(Source, SourceRecord.Id);

    public TableRecord? On(SyncSide side) => side == SyncSide.Local ? Local : Integration;

    public WriteOperation? OperationOn(SyncSide side) => side == SyncSide.Local ? LocalOperation : IntegrationOperation;

    public WriteResult? ResultOn(SyncSide side) => side == SyncSide.Local ? LocalResult : IntegrationResult;

    public void Set(SyncSide side, TableRecord? record)
    {
        if (side == SyncSide.Local)
        {
            Local = record;
        }
        else
        {
            Integration = record;
        }
    }

    public void Add(Intent intent) => intents = [.. intents, intent];

    /// <summary>Whether the write to a side was done.</summary>
    public bool IsApplied(SyncSide side) => ResultOn(side) is { Status: WriteStatus.Applied };

    /// <summary>The one side whose write was done; null when none was or both were.</summary>
    public SyncSide? OnlyAppliedSide => (IsApplied(SyncSide.Local), IsApplied(SyncSide.Integration)) switch
    {
        (true, false) => SyncSide.Local,
        (false, true) => SyncSide.Integration,
        _ => null,
    };

    /// <summary>Keeps the conflicts that this round decided and carried out, until somebody stores them.</summary>
    public void KeepDecided(IEnumerable<FieldConflict> conflicts) => decidedBefore = [.. decidedBefore, .. conflicts];

    /// <summary>The conflicts that earlier rounds decided and carried out and that are not stored yet.</summary>
    public IReadOnlyList<FieldConflict> TakeDecidedBefore()
    {
        var taken = decidedBefore;
        decidedBefore = [];
        return taken;
    }

    /// <summary>Takes the state that a record has now; one that is gone keeps its last known state and is marked.</summary>
    public void Refresh(SyncSide side, TableRecord? record)
    {
        gone = record is null ? gone | Mark(side) : gone & ~Mark(side);
        if (record is not null)
        {
            Set(side, record);
        }
    }

    public bool IsGone(SyncSide side) => (gone & Mark(side)) != 0;

    public void SetOperation(SyncSide side, WriteOperation? operation)
    {
        if (side == SyncSide.Local)
        {
            (LocalOperation, LocalResult) = (operation, null);
        }
        else
        {
            (IntegrationOperation, IntegrationResult) = (operation, null);
        }
    }

    public void SetResult(SyncSide side, WriteResult result)
    {
        if (side == SyncSide.Local)
        {
            LocalResult = result;
        }
        else
        {
            IntegrationResult = result;
        }
    }

    private static int Mark(SyncSide side) => 1 << (int)side;
}
