namespace Dataverse.Sync;

/// <summary>The stages of a run, in their order.</summary>
public enum SyncStage
{
    /// <summary>Finding out whether the uncertain writes of an earlier run were applied.</summary>
    Recovery,

    /// <summary>Trying failed records again.</summary>
    Retrying,

    /// <summary>Reading and applying the changes of the local side.</summary>
    LocalChanges,

    /// <summary>Reading and applying the changes of the integration side.</summary>
    IntegrationChanges,

    /// <summary>Confirming deletions and applying the deletion policy.</summary>
    Deletions,

    /// <summary>The run has ended.</summary>
    Finished,
}
