namespace Dataverse.Sync.Shared;

/// <summary>The columns whose values are encrypted. The numbers are part of what is stored.</summary>
internal enum ValueColumn : byte
{
    CouplingBase = 1,
    IntentOutcome = 2,
    IntentBusinessKey = 3,
    ConflictFields = 4,
    JournalIntents = 5,
}
