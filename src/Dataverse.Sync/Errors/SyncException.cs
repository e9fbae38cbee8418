namespace Dataverse.Sync;

/// <summary>What stops a whole run. A record that fails is a result, never an exception.</summary>
public abstract class SyncException : Exception
{
    private protected SyncException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
