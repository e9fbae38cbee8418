namespace Dataverse.Sync.Testing;

/// <summary>The source of the value of a property.</summary>
public enum BusinessCentralFieldSource
{
    /// <summary>A field of the table. Clients write it unless it is read-only.</summary>
    Stored,

    /// <summary>A FlowField: read-only and computed from other data. It never changes the modification stamp.</summary>
    Calculated,

    /// <summary>The id of the record, which is the key in URLs. Each table has exactly one such property.</summary>
    SystemId,

    /// <summary>The time of creation, on the clock of the application server.</summary>
    SystemCreatedAt,

    /// <summary>The time of the last modification, on the clock of the application server.</summary>
    SystemModifiedAt,

    /// <summary>The row version of the database, which increases strictly over all tables.</summary>
    SystemRowVersion,
}
