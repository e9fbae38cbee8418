namespace Dataverse.Sync.BusinessCentral;

/// <summary>How to proceed with a write after the response to it.</summary>
internal enum PartFollowUp
{
    /// <summary>The result is final.</summary>
    None,

    /// <summary>Read the record to decide about an uncertain write.</summary>
    Decide,

    /// <summary>
    /// Read the record, as the error passes and says nothing about the work. What was not done is sent again.
    /// </summary>
    DecideAndRepeat,

    /// <summary>Read the record: the write that is now refused may have been performed before.</summary>
    Correct,
}
