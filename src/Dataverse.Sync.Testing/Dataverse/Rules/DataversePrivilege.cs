namespace Dataverse.Sync.Testing;

/// <summary>A privilege on a table that the calling user may lack.</summary>
public enum DataversePrivilege
{
    /// <summary>Read rows and changes.</summary>
    Read,

    /// <summary>Create rows.</summary>
    Create,

    /// <summary>Change rows.</summary>
    Write,

    /// <summary>Delete rows.</summary>
    Delete,
}
