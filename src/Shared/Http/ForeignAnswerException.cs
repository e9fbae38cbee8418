namespace Dataverse.Sync.Http;

/// <summary>An answer came from another origin, because the caller's client followed a redirection.</summary>
internal sealed class ForeignAnswerException(ConnectorException failure) : Exception(failure.Message, failure)
{
    /// <summary>The failure to report.</summary>
    public ConnectorException Failure => failure;
}
