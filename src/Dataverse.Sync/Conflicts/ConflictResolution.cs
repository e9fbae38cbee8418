namespace Dataverse.Sync;

/// <summary>Specifies how a conflict was resolved.</summary>
public enum ConflictResolution : byte
{
    /// <summary>Not resolved: both values are kept.</summary>
    Open,

    /// <summary>The local value won.</summary>
    LocalWon,

    /// <summary>The integration value won.</summary>
    IntegrationWon,

    /// <summary>
    /// Some fields were resolved one way and some the other; see <see cref="FieldConflict.Resolution"/>.
    /// </summary>
    Mixed,

    /// <summary>
    /// The conflict ended without a decision: the two sides agree again, the pair was uncoupled, or another conflict
    /// replaced it.
    /// </summary>
    Lapsed,
}
