namespace Dataverse.Sync.Execution;

/// <summary>A pair of which one record is gone, with what is done about it.</summary>
/// <param name="Missing">The pair and its missing record.</param>
/// <param name="Survivor">The record that is left; null when both are gone.</param>
/// <param name="Action">What is done.</param>
/// <param name="Error">Why the pair is reported as failed; null follows from the missing record.</param>
internal sealed record DeletionDecision(
    MissingRecord Missing, TableRecord? Survivor, DeletionAction Action, SyncError? Error = null)
{
    public Coupling Coupling => Missing.Coupling;
}
