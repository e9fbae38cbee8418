namespace Dataverse.Sync.Execution;

/// <summary>The table of deletion decisions. Pure.</summary>
internal static class DeletionRules
{
    /// <param name="policy">The mapping's policy, or the one that a rule or a person chose.</param>
    /// <param name="survives">Whether one record is left.</param>
    /// <param name="survivorChanged">Whether it holds an edit that was never synchronized.</param>
    /// <param name="writesSurvivingSide">Whether the mapping may write the side of the record that is left.</param>
    /// <param name="writesDeletedSide">Whether the mapping may write the side of the record that is gone.</param>
    public static DeletionAction Decide(DeletionPolicy policy, bool survives, bool survivorChanged, bool writesSurvivingSide, bool writesDeletedSide) => policy switch
    {
        _ when !survives => DeletionAction.RemoveCoupling,
        DeletionPolicy.RemoveCoupling => DeletionAction.RemoveCoupling,
        DeletionPolicy.RestoreRecords when writesDeletedSide => DeletionAction.Restore,
        DeletionPolicy.DeleteRecord when survivorChanged => DeletionAction.RecordConflict,
        DeletionPolicy.DeleteRecord when writesSurvivingSide => DeletionAction.DeleteSurvivor,
        _ => DeletionAction.Report,
    };
}
