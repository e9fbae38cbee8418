namespace Dataverse.Sync.Execution;

/// <summary>A pair with a missing record.</summary>
/// <param name="Side">The side of the missing record.</param>
/// <param name="Coupling">The pair.</param>
/// <param name="Error">Why the deletion is uncertain, or null if it is proved.</param>
internal sealed record MissingRecord(SyncSide Side, Coupling Coupling, SyncError? Error = null)
{
    /// <summary>The record that is missing.</summary>
    public RecordKey Key => new(Side, Coupling.IdOf(Side));

    public SyncSide SurvivingSide => Side.Opposite();

    public RecordKey SurvivorKey => new(SurvivingSide, Coupling.IdOf(SurvivingSide));
}
