namespace Dataverse.Sync;

/// <summary>The coupling store or the job log cannot read or write.</summary>
public sealed class CouplingStoreException : SyncException
{
    /// <summary>Initializes a new instance of the <see cref="CouplingStoreException"/> class.</summary>
    /// <param name="failure">The reason.</param>
    /// <param name="message">A sentence for people.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public CouplingStoreException(CouplingStoreFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>The reason.</summary>
    public CouplingStoreFailure Failure { get; }
}
