namespace Dataverse.Sync.Testing;

/// <summary>The writes in which a client may set a column. The platform ignores the column in other writes.</summary>
public enum DataverseColumnAccess
{
    /// <summary>Creates and updates.</summary>
    ReadWrite,

    /// <summary>Creates only.</summary>
    CreateOnly,

    /// <summary>Updates only.</summary>
    UpdateOnly,

    /// <summary>None: the platform computes the value.</summary>
    ReadOnly,
}
