namespace Dataverse.Sync.Sqlite;

/// <summary>The columns whose values are encrypted. The numbers are part of the file format.</summary>
internal enum ValueColumn : byte
{
    CouplingBase = 1,
    IntentOutcome = 2,
    IntentBusinessKey = 3,
    ConflictFields = 4,
}
