namespace Dataverse.Sync.Execution;

/// <summary>A pair with a deleted record, and what is done about it.</summary>
/// <param name="Missing">The pair and its missing record.</param>
/// <param name="Survivor">The remaining record, or null if both records are gone.</param>
/// <param name="Action">What is done.</param>
/// <param name="Error">Why the pair fails, or null if the reason follows from the missing record.</param>
internal sealed record DeletionDecision(
    MissingRecord Missing, TableRecord? Survivor, DeletionAction Action, SyncError? Error = null)
{
    public Coupling Coupling => Missing.Coupling;
}
