namespace Dataverse.Sync.Testing;

/// <summary>Where the value of a property comes from.</summary>
public enum BusinessCentralFieldSource
{
    /// <summary>A field of the table, written by clients unless read-only.</summary>
    Stored,

    /// <summary>A FlowField: read-only, changed by other data, never moves the modification stamp.</summary>
    Calculated,

    /// <summary>The record's GUID. Each table has exactly one such property; it is the key in URLs.</summary>
    SystemId,

    /// <summary>Moment of creation by the application server's clock.</summary>
    SystemCreatedAt,

    /// <summary>Moment of the last modification by the application server's clock.</summary>
    SystemModifiedAt,

    /// <summary>The database's row version: strictly increasing over all tables.</summary>
    SystemRowVersion,
}
