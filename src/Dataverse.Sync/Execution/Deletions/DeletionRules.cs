namespace Dataverse.Sync.Execution;

/// <summary>The decision table for deletions. Pure: the action depends on the arguments alone.</summary>
internal static class DeletionRules
{
    /// <param name="policy">The policy of the mapping, or the one that a rule or a person chose.</param>
    /// <param name="survives">Whether one record remains.</param>
    /// <param name="survivorChanged">Whether the remaining record contains an edit that was never synchronized.</param>
    /// <param name="writesSurvivingSide">Whether the mapping may write to the side of the remaining record.</param>
    /// <param name="writesDeletedSide">Whether the mapping may write to the side of the deleted record.</param>
    public static DeletionAction Decide(
        DeletionPolicy policy,
        bool survives,
        bool survivorChanged,
        bool writesSurvivingSide,
        bool writesDeletedSide) => policy switch
        {
            _ when !survives => DeletionAction.RemoveCoupling,
            DeletionPolicy.RemoveCoupling => DeletionAction.RemoveCoupling,
            DeletionPolicy.RestoreRecords when writesDeletedSide => DeletionAction.Restore,
            DeletionPolicy.DeleteRecord when survivorChanged => DeletionAction.RecordConflict,
            DeletionPolicy.DeleteRecord when writesSurvivingSide => DeletionAction.DeleteSurvivor,
            _ => DeletionAction.Report,
        };
}
