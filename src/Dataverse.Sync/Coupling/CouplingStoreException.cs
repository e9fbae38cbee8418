namespace Dataverse.Sync;

/// <summary>The coupling store cannot answer or cannot write.</summary>
public sealed class CouplingStoreException : SyncException
{
    /// <summary>Makes the exception.</summary>
    public CouplingStoreException(CouplingStoreFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>Why the store cannot go on.</summary>
    public CouplingStoreFailure Failure { get; }
}
