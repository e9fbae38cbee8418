namespace Dataverse.Sync.Testing;

/// <summary>The fault of one operation of a write batch.</summary>
public enum InMemoryWriteFault
{
    /// <summary>No fault: the operation is executed and its result returned.</summary>
    None,

    /// <summary>The operation is not executed; its result is <see cref="WriteStatus.Transient"/>.</summary>
    Transient,

    /// <summary>The operation is not executed; its result is <see cref="WriteStatus.Rejected"/>.</summary>
    Rejected,

    /// <summary>
    /// The operation is executed, but its response is lost: the result is <see cref="WriteStatus.Unknown"/>.
    /// </summary>
    AnswerLost,

    /// <summary>
    /// The operation is not executed, and the caller cannot know: the result is <see cref="WriteStatus.Unknown"/>.
    /// </summary>
    RequestLost,
}
