namespace Dataverse.Sync;

/// <summary>The stage that a run has reached.</summary>
public enum SyncStage
{
    /// <summary>Finding out what became of the writes that an earlier run journaled.</summary>
    Recovery,

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
