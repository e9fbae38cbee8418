namespace Dataverse.Sync;

/// <summary>Which way changes travel.</summary>
public enum SyncDirection : byte
{
    /// <summary>Both ways.</summary>
    Bidirectional,

    /// <summary>From the local to the integration side.</summary>
    ToIntegrationTable,

    /// <summary>From the integration to the local side.</summary>
    FromIntegrationTable,
}
