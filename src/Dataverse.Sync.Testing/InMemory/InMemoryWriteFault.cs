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

    /// <summary>
    /// Something on the way sends the operation twice, and it is executed twice: the result is that of the second.
    /// </summary>
    Doubled,

    /// <summary>
    /// The operation is not executed yet, and the caller cannot know: the result is <see cref="WriteStatus.Unknown"/>.
    /// <see cref="InMemoryFaults.LandLateWrites"/> executes it.
    /// </summary>
    Late,

    /// <summary>
    /// The operation takes several requests, and only the first is executed: of its fields, the first half is written.
    /// The result is <see cref="WriteStatus.Unknown"/>. A deletion and an operation without fields are not executed.
    /// </summary>
    PartDone,
}
