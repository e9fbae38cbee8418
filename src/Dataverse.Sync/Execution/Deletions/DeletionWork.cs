namespace Dataverse.Sync.Execution;

/// <summary>A coupling whose record on one side is gone, with what is decided about it.</summary>
internal sealed class DeletionWork(SyncSide deletedSide, Coupling coupling)
{
    public SyncSide DeletedSide { get; } = deletedSide;

    public Coupling Coupling { get; } = coupling;

    /// <summary>The record that is left; null when both are gone.</summary>
    public TableRecord? Survivor { get; set; }

    public bool SurvivorChanged { get; set; }

    public DeletionAction Action { get; set; }

    public SyncError? Error { get; set; }

    public SyncSide SurvivingSide => DeletedSide.Opposite();

    public RecordKey SurvivorKey => new(SurvivingSide, Coupling.IdOf(SurvivingSide));
}
