namespace Dataverse.Sync.Execution;

/// <summary>A coupling whose record on one side is gone, with what is decided about it.</summary>
internal sealed class DeletionWork(SyncSide deletedSide, Coupling coupling)
{
    /// <summary>Why a pair is left for another run: kept as failed, or what changed in the record that seemed to be alone would be forgotten.</summary>
    public static SyncError NotAnswered { get; } = new(SyncErrorCodes.Transient, "The record's partner exists, but did not come with the answer when it was asked for.");

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
