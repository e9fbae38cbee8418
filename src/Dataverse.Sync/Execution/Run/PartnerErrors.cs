namespace Dataverse.Sync.Execution;

/// <summary>The errors of records whose partner is missing.</summary>
internal static class PartnerErrors
{
    /// <summary>The pair is left for another run: kept as failed, or the edits of the record that seemed to be alone would be forgotten.</summary>
    public static SyncError NotAnswered { get; } = new(
        SyncErrorCodes.Transient, "The record's partner exists, but was absent from the answer when it was asked for.");

    /// <summary>The partner was deleted, and no policy says what happens to the record that is left.</summary>
    public static SyncError Deleted(SyncSide deletedSide) => new(
        SyncErrorCodes.CoupledRecordDeleted,
        $"The record's partner on the {deletedSide.Word()} side was deleted. "
        + "Restore it, remove the coupling, or delete the record that is left.");
}
