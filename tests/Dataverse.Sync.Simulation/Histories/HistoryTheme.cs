namespace Dataverse.Sync.Simulation;

/// <summary>What a history is mostly about.</summary>
internal enum HistoryTheme
{
    Anything,
    Creations,
    Edits,
    Deletions,

    /// <summary>Users take records out of their filters and bring them back.</summary>
    Filters,

    /// <summary>Of few records, runs learn too little: answers are lost or lack records, and users go on meanwhile.</summary>
    Uncertainty,
}
