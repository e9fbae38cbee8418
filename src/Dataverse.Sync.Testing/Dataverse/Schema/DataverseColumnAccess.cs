namespace Dataverse.Sync.Testing;

/// <summary>
/// When a client may give a column a value. What comes at another time is ignored, as the platform does.
/// </summary>
public enum DataverseColumnAccess
{
    /// <summary>On create and on update.</summary>
    ReadWrite,

    /// <summary>On create only.</summary>
    CreateOnly,

    /// <summary>On update only.</summary>
    UpdateOnly,

    /// <summary>Never: the platform computes it.</summary>
    ReadOnly,
}
