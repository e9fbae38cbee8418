namespace Dataverse.Sync;

/// <summary>A connector could not complete a request.</summary>
/// <remarks>
/// It ends the run. No write counts as applied without a response. The message names the system, the operation, and the
/// service's error code, but never a field value or a token.
/// </remarks>
public sealed class ConnectorException : SyncException
{
    /// <summary>Initializes a new instance of the <see cref="ConnectorException"/> class.</summary>
    /// <param name="connector">The <see cref="ITableConnector.Name"/> of the connector.</param>
    /// <param name="failure">The reason.</param>
    /// <param name="message">A sentence without field values or secrets.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public ConnectorException(
        string connector, ConnectorFailure failure, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Connector = connector;
        Failure = failure;
    }

    /// <summary>The <see cref="ITableConnector.Name"/> of the connector.</summary>
    public string Connector { get; }

    /// <summary>The reason.</summary>
    public ConnectorFailure Failure { get; }

    /// <summary>The HTTP status code of the response, or null if there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The error code of the service, or null if it gave none.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>How long the service asked to wait before the next request, or null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>
    /// Whether the failure contradicts the schema, such as a field or a table that the system no longer has.
    /// </summary>
    /// <remarks>The engine then reads the schema again, because the definition of the table may have changed.</remarks>
    /// <value>The default is false.</value>
    public bool ContradictsSchema { get; init; }

    /// <summary>Whether a later attempt may succeed without a change by a person.</summary>
    public bool IsTransient =>
        Failure is ConnectorFailure.Unreachable or ConnectorFailure.Throttled or ConnectorFailure.ServiceFault;
}
