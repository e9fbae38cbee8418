using System.Net;
using Dataverse.Sync.Shared;

namespace Dataverse.Sync.Http;

/// <summary>What HTTP statuses and network errors mean to the engine.</summary>
internal static class FailureMap
{
    public static ConnectorFailure FailureOf(HttpStatusCode status, ErrorMeaning meaning) => (int)status switch
    {
        400 or 409 or 412 or 422 when meaning.HasFlag(ErrorMeaning.Passing) => ConnectorFailure.ServiceFault,
        401 => ConnectorFailure.Authentication,
        403 => ConnectorFailure.Authorization,
        404 => ConnectorFailure.NotFound,
        408 => ConnectorFailure.ServiceFault,
        429 => ConnectorFailure.Throttled,
        501 => ConnectorFailure.Refused,
        >= 500 => ConnectorFailure.ServiceFault,
        >= 400 => ConnectorFailure.Refused,
        _ => ConnectorFailure.MalformedAnswer,
    };

    /// <summary>What a status other than 2xx says about the work: a gateway's failure says nothing.</summary>
    public static RequestFate FateOf(HttpStatusCode status, ServiceError error, ErrorMeaning meaning) => (int)status switch
    {
        400 or 409 or 412 or 422 when meaning.HasFlag(ErrorMeaning.Passing) => RequestFate.Unknown,
        408 or 500 or 502 or 504 or > 504 => RequestFate.Unknown,
        // No service that speaks the protocol redirects; whoever did may have done the work first.
        < 400 => RequestFate.Unknown,
        // The service itself says with a code that it did not begin; a gateway's page may come after the work was done.
        503 when error.Code is null => RequestFate.Unknown,
        _ => RequestFate.NotPerformed,
    };

    /// <summary>Whether the request cannot have left this machine, or not have reached the service.</summary>
    public static RequestFate FateOf(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError => RequestFate.NotPerformed,
        _ => RequestFate.Unknown,
    };
}
