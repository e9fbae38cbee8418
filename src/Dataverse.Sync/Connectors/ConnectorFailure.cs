namespace Dataverse.Sync;

/// <summary>Specifies why a connector could not complete a request.</summary>
public enum ConnectorFailure
{
    /// <summary>The service cannot be reached, or the connection broke.</summary>
    Unreachable,

    /// <summary>The credentials are missing, wrong, or expired (HTTP 401).</summary>
    Authentication,

    /// <summary>The credentials lack a permission (HTTP 403).</summary>
    Authorization,

    /// <summary>The company, environment, or table does not exist.</summary>
    NotFound,

    /// <summary>The service keeps refusing requests because of its limits (HTTP 429).</summary>
    Throttled,

    /// <summary>The service failed, and a later attempt may succeed.</summary>
    ServiceFault,

    /// <summary>The service rejected the request as invalid.</summary>
    Refused,

    /// <summary>
    /// The response violates the protocol: invalid JSON, an unexpected structure, too large, or a link to another
    /// origin.
    /// </summary>
    MalformedAnswer,
}
