namespace Dataverse.Sync;

/// <summary>Specifies who owns the records in Dataverse, as in the connection setup of Business Central.</summary>
public enum RecordOwnership
{
    /// <summary>The user who is coupled to the salesperson of the record.</summary>
    Person,

    /// <summary>The default team of the company's business unit. Owners and salespeople are not synchronized.</summary>
    Team,
}
