namespace Dataverse.Sync;

/// <summary>Specifies which edits are in conflict.</summary>
public enum ConflictKind : byte
{
    /// <summary>A field was changed to different values on both sides.</summary>
    Update,

    /// <summary>The local record was deleted, and the integration record was changed.</summary>
    LocalDeletion,

    /// <summary>The integration record was deleted, and the local record was changed.</summary>
    IntegrationDeletion,
}
