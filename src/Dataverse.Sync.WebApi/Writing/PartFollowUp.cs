namespace Dataverse.Sync.WebApi;

/// <summary>How to proceed with a write after the response to it.</summary>
internal enum PartFollowUp
{
    /// <summary>The result is final.</summary>
    None,

    /// <summary>Send the write again after a pause. Its result holds if it is not sent again.</summary>
    Repeat,

    /// <summary>
    /// Read the record: it may be missing, or an earlier attempt without a response may have performed the write.
    /// </summary>
    ReadBack,

    /// <summary>Activate the record, which is inactive, for the time of the write.</summary>
    Reactivate,
}
