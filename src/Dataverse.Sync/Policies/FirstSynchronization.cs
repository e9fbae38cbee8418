namespace Dataverse.Sync;

/// <summary>
/// Specifies which values win when a coupled pair, or a field of it, is synchronized for the first time and differs.
/// </summary>
/// <remarks>It concerns fields that travel both ways; in a one-way field the source wins.</remarks>
public enum FirstSynchronization : byte
{
    /// <summary>
    /// Treats the field as changed on both sides, so that the <see cref="UpdateConflictPolicy"/> applies.
    /// </summary>
    Conflict,

    /// <summary>
    /// The local value wins, as in a full synchronization of Business Central. The integration value is not kept.
    /// </summary>
    LocalWins,

    /// <summary>The integration value wins. The local value is not kept.</summary>
    IntegrationWins,
}
