namespace Dataverse.Sync;

/// <summary>Specifies in which direction changes travel.</summary>
/// <remarks>Business Central: Direction of an integration table mapping or an integration field mapping.</remarks>
public enum SyncDirection : byte
{
    /// <summary>In both directions.</summary>
    Bidirectional,

    /// <summary>From the local side to the integration side only.</summary>
    ToIntegrationTable,

    /// <summary>From the integration side to the local side only.</summary>
    FromIntegrationTable,
}
