namespace Dataverse.Sync;

/// <summary>Specifies who owns the records in Dataverse, as in the connection setup of Business Central.</summary>
public enum RecordOwnership
{
    /// <summary>
    /// The user who is coupled to the salesperson of the record, or the default owner if there is none.
    /// </summary>
    /// <remarks>See <see cref="StandardMappingOptions.DefaultOwner"/>.</remarks>
    Person,

    /// <summary>
    /// The default owner: a configured team, or the default owning team of the company. Owners and salespeople are not
    /// synchronized.
    /// </summary>
    /// <remarks>See <see cref="StandardMappingOptions.DefaultOwner"/>.</remarks>
    Team,
}
