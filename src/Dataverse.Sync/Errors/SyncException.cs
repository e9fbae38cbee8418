namespace Dataverse.Sync;

/// <summary>The base class of the exceptions that end a run.</summary>
/// <remarks>A record that cannot be synchronized is a <see cref="RecordFailure"/>, not an exception.</remarks>
public abstract class SyncException : Exception
{
    private protected SyncException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
