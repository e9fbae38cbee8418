namespace Dataverse.Sync;

/// <summary>How a conflict was decided.</summary>
public enum ConflictResolution : byte
{
    /// <summary>Not yet: both values are kept.</summary>
    Open,

    /// <summary>The local value was sent to the integration side.</summary>
    LocalWon,

    /// <summary>The integration value was brought to the local side.</summary>
    IntegrationWon,

    /// <summary>Some fields went one way and some the other; each field tells.</summary>
    Mixed,

    /// <summary>It disappeared: the two sides agree again, or the pair is no longer coupled.</summary>
    Lapsed,
}
