namespace Dataverse.Sync.BusinessCentral;

/// <summary>How to proceed with a write after the response to it.</summary>
internal enum PartFollowUp
{
    /// <summary>The result is final.</summary>
    None,

    /// <summary>Read the record to decide about an uncertain write.</summary>
    Decide,

    /// <summary>
    /// Read the record: an earlier attempt without a response may have performed the write that is now refused.
    /// </summary>
    Correct,
}
