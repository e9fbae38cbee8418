namespace Dataverse.Sync.Simulation;

/// <summary>What a history is mostly about.</summary>
internal enum HistoryTheme
{
    Anything,
    Creations,
    Edits,
    Deletions,
}
