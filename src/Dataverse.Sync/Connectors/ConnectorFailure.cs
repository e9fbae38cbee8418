namespace Dataverse.Sync;

/// <summary>Why a connector could not answer.</summary>
public enum ConnectorFailure
{
    /// <summary>The service cannot be reached, or the connection broke.</summary>
    Unreachable,

    /// <summary>The credentials are missing, wrong, or expired (HTTP 401).</summary>
    Authentication,

    /// <summary>The credentials are accepted but lack a permission (HTTP 403).</summary>
    Authorization,

    /// <summary>The company, environment, or table does not exist.</summary>
    NotFound,

    /// <summary>The service asked to slow down and kept asking.</summary>
    Throttled,

    /// <summary>The service failed in a way that a later attempt may heal.</summary>
    ServiceFault,

    /// <summary>The service refused the request as wrong.</summary>
    Refused,

    /// <summary>The answer breaks the protocol: not JSON, a wrong shape, too large, or a link to another origin.</summary>
    MalformedAnswer,
}
