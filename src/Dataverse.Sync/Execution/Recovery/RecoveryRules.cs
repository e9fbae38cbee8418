namespace Dataverse.Sync.Execution;

/// <summary>The decision table for uncertain inserts. Pure: the action depends on the facts alone.</summary>
internal static class RecoveryRules
{
    public static RecoveryAction Decide(InsertFacts facts) => facts switch
    {
        { IsCoupled: true } => RecoveryAction.Discard,

        // A person has given the source another partner in the meantime, so the record of the insert is one too many.
        { HasFitting: true, IsSourceCoupled: true } => RecoveryAction.AskPerson,
        { HasFitting: true } => RecoveryAction.Adopt,

        // The request may still be in progress, or the response may lack the record, so nothing is discarded before the
        // end of the window.
        { HasChosenId: true, IsWindowOver: true, IsWanted: false } => RecoveryAction.Discard,
        { HasChosenId: true } => RecoveryAction.Repeat,
        { IsWindowOver: false } => RecoveryAction.Hold,
        { IsSourceCoupled: true } => RecoveryAction.Discard,

        // The system may have stored the values in its own form.
        { HasResembling: true } => RecoveryAction.AskPerson,
        _ => RecoveryAction.Discard,
    };
}
