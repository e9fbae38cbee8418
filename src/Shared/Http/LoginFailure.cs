using System.Net;
using System.Net.Sockets;

namespace Dataverse.Sync.Http;

/// <summary>Tells a login service that cannot be reached from one that refuses.</summary>
internal static class LoginFailure
{
    /// <summary>Whether a later attempt may get a token without a change by a person.</summary>
    /// <remarks>Login libraries wrap what happened on the network, so the inner exceptions count too.</remarks>
    public static bool IsTransient(Exception exception) => exception switch
    {
        HttpRequestException { StatusCode: { } status } => IsPassing(status),
        HttpRequestException or HttpIOException or SocketException => true,

        // A time limit of the login; whether the caller canceled is known where the caller's own token is.
        TimeoutException or OperationCanceledException => true,
        AggregateException failures => failures.InnerExceptions.Any(IsTransient),
        _ => exception.InnerException is { } inner && IsTransient(inner),
    };

    private static bool IsPassing(HttpStatusCode status) => (int)status is 408 or 429 or >= 500;
}
