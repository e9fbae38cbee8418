namespace Dataverse.Sync;

/// <summary>What kind of edits exclude each other.</summary>
public enum ConflictKind : byte
{
    /// <summary>The same field was changed on both sides, differently.</summary>
    Update,

    /// <summary>The local record was deleted while the integration record was changed.</summary>
    LocalDeletion,

    /// <summary>The integration record was deleted while the local record was changed.</summary>
    IntegrationDeletion,
}
