namespace Dataverse.Sync;

/// <summary>Who owns the records in Dataverse, as chosen in Business Central's connection setup.</summary>
public enum RecordOwnership
{
    /// <summary>The user who is coupled to the record's salesperson.</summary>
    Person,

    /// <summary>The default team of the company's business unit: owners are not synchronized, and neither are salespeople.</summary>
    Team,
}
