namespace Dataverse.Sync;

/// <summary>A connector could not answer. The run stops; nothing that was not answered counts as done.</summary>
/// <remarks>The message names the system, the operation, and the service's error code, never a field's value or a token.</remarks>
public sealed class ConnectorException : SyncException
{
    /// <summary>Makes the exception.</summary>
    public ConnectorException(string connector, ConnectorFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Connector = connector;
        Failure = failure;
    }

    /// <summary>The name of the system, as <see cref="ITableConnector.Name"/>.</summary>
    public string Connector { get; }

    /// <summary>Why the connector could not answer.</summary>
    public ConnectorFailure Failure { get; }

    /// <summary>The HTTP status, when there was an answer.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The service's own error code, when it gave one.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>How long the service asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether a later attempt may succeed without anybody changing anything.</summary>
    public bool IsTransient => Failure is ConnectorFailure.Unreachable or ConnectorFailure.Throttled or ConnectorFailure.ServiceFault;
}
