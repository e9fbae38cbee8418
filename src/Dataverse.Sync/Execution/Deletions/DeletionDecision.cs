namespace Dataverse.Sync.Execution;

/// <summary>A pair with a deleted record, and what is done about it.</summary>
/// <param name="Missing">The pair and its missing record.</param>
/// <param name="Survivor">The remaining record, or null if both records are gone.</param>
/// <param name="Action">What is done.</param>
/// <param name="Error">Why the pair fails, or null if the reason follows from the missing record.</param>
internal sealed record DeletionDecision(
    MissingRecord Missing, TableRecord? Survivor, DeletionAction Action, SyncError? Error = null)
{
    /// <summary>The record that takes the place of the deleted one, or null if there is none.</summary>
    public RecordKey? Successor { get; init; }

    /// <summary>The coupled records that the system deletes together with the survivor.</summary>
    public IReadOnlyList<RecordInMapping> Cascaded { get; init; } = [];

    /// <summary>The records that the system deletes together with the survivor, and whose partners are gone already.</summary>
    public IReadOnlyList<RecordInMapping> AlsoDeleted { get; init; } = [];

    /// <summary>The announcement by which the record was deleted, or null if somebody deleted it.</summary>
    public AnnouncedDeletion? Announced { get; init; }

    public Coupling Coupling => Missing.Coupling;

    /// <summary>Whether something is done to a record that still exists, which a wrong suspicion would spoil.</summary>
    /// <remarks>An announced deletion was counted with the deletion that caused it.</remarks>
    public bool HasConsequence => Survivor is not null
        && Announced is null
        && Action is DeletionAction.DeleteSurvivor or DeletionAction.Restore or DeletionAction.RemoveCoupling or DeletionAction.TakeOver;
}
