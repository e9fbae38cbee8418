namespace Dataverse.Sync.Shared;

/// <summary>How to proceed with a write after the response to it.</summary>
internal enum PartFollowUp
{
    /// <summary>The result is final.</summary>
    None,

    /// <summary>
    /// The service did not begin. Send the write again after a pause. Its result holds if it is not sent again.
    /// </summary>
    Repeat,

    /// <summary>
    /// The response says nothing about the work, such as that of a gateway or of a deadlock. Read the record, and send
    /// the write again if it was not done and a repetition is recognized.
    /// </summary>
    Decide,

    /// <summary>Read the record: it may be missing, or the write that is now refused may have been performed before.</summary>
    ReadBack,

    /// <summary>Activate the record, which is inactive, for the time of the write.</summary>
    Reactivate,
}
