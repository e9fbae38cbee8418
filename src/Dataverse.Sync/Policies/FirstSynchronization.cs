namespace Dataverse.Sync;

/// <summary>
/// Specifies which values win when a coupled pair, or a field of it, is synchronized for the first time and differs.
/// </summary>
/// <remarks>
/// It concerns fields that are synchronized both ways and have a value on both sides; a blank never wins, and in a
/// one-way field the source wins. The value that loses is kept as a resolved conflict.
/// </remarks>
public enum FirstSynchronization : byte
{
    /// <summary>
    /// Treats the field as changed on both sides, so that the <see cref="UpdateConflictPolicy"/> applies.
    /// </summary>
    Conflict,

    /// <summary>
    /// The local value wins, as in a full synchronization of Business Central.
    /// </summary>
    LocalWins,

    /// <summary>The integration value wins.</summary>
    IntegrationWins,
}
