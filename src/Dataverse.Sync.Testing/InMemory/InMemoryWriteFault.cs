namespace Dataverse.Sync.Testing;

/// <summary>What befalls one operation of a write batch.</summary>
public enum InMemoryWriteFault
{
    /// <summary>Nothing: it is carried out and answered.</summary>
    None,

    /// <summary>It is not carried out and answered <see cref="WriteStatus.Transient"/>.</summary>
    Transient,

    /// <summary>It is not carried out and answered <see cref="WriteStatus.Rejected"/>.</summary>
    Rejected,

    /// <summary>It is carried out, its answer is lost: <see cref="WriteStatus.Unknown"/>.</summary>
    AnswerLost,

    /// <summary>It is not carried out, which nobody can tell: <see cref="WriteStatus.Unknown"/>.</summary>
    RequestLost,
}
