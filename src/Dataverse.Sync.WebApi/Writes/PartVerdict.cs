namespace Dataverse.Sync.WebApi;

/// <summary>What to do after the answer to one write of a batch.</summary>
internal enum PartVerdict
{
    /// <summary>Nothing; the answer is final.</summary>
    Settled,

    /// <summary>Send it again after a pause; its result says what holds if that is done no more.</summary>
    Retry,

    /// <summary>Read the record: it may be gone, or an earlier attempt without an answer may have done the work.</summary>
    ReadBack,

    /// <summary>Write it within a spell of activity, as the record is inactive.</summary>
    Reactivate,
}
