namespace Dataverse.Sync.Execution;

/// <summary>The table of decisions about inserts whose outcome is uncertain. Pure.</summary>
internal static class RecoveryRules
{
    public static RecoveryAction Decide(InsertFacts facts) => facts switch
    {
        { IsCoupled: true } => RecoveryAction.Discard,

        // What the insert created is one record too many if a person has given its source another partner meanwhile.
        { HasFitting: true, IsSourceCoupled: true } => RecoveryAction.AskPerson,
        { HasFitting: true } => RecoveryAction.Adopt,

        // The request may still be under way, or the answer may lack the record: nothing is discarded before the window is over.
        { HasChosenId: true, IsWindowOver: true, IsWanted: false } => RecoveryAction.Discard,
        { HasChosenId: true } => RecoveryAction.Repeat,
        { IsWindowOver: false } => RecoveryAction.Hold,
        { IsSourceCoupled: true } => RecoveryAction.Discard,

        // The system may have put what it was sent into a form of its own.
        { HasResembling: true } => RecoveryAction.AskPerson,
        _ => RecoveryAction.Discard,
    };
}
