namespace Dataverse.Sync;

/// <summary>Whose values count when a coupled pair is synchronized for the first time and its fields differ.</summary>
public enum FirstSynchronization : byte
{
    /// <summary>Neither side's: a field that differs was changed on both sides, and the mapping's update-conflict policy decides.</summary>
    Conflict,

    /// <summary>The local values win, as in Business Central's forced first full synchronization.</summary>
    LocalWins,

    /// <summary>The integration values win.</summary>
    IntegrationWins,
}
