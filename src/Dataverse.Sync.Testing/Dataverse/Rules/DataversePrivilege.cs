namespace Dataverse.Sync.Testing;

/// <summary>A right on a table that the calling user may lack.</summary>
public enum DataversePrivilege
{
    /// <summary>Reading rows and changes.</summary>
    Read,

    /// <summary>Creating rows.</summary>
    Create,

    /// <summary>Changing rows.</summary>
    Write,

    /// <summary>Deleting rows.</summary>
    Delete,
}
