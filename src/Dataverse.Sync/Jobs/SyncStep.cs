namespace Dataverse.Sync;

/// <summary>The part of a run that is under way.</summary>
public enum SyncStep
{
    /// <summary>Settling writes that an earlier run left open.</summary>
    Settling,

    /// <summary>Trying failed records again.</summary>
    Retrying,

    /// <summary>Local changes.</summary>
    LocalChanges,

    /// <summary>Integration changes.</summary>
    IntegrationChanges,

    /// <summary>Deletions.</summary>
    Deletions,

    /// <summary>The run has ended.</summary>
    Finished,
}
