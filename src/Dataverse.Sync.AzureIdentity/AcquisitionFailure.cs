using Azure;
using Azure.Identity;
using Microsoft.Identity.Client;

namespace Dataverse.Sync.AzureIdentity;

/// <summary>Why a credential gave no token, in the exceptions that the connectors understand.</summary>
internal sealed class AcquisitionFailure(Exception cause)
{
    /// <summary>An exception for one of those who waited for the token.</summary>
    public Exception ToException() => IsTransient(cause)
        ? new HttpRequestException("The login service could not be reached, or it is overloaded.", cause)
        : new AuthenticationFailedException("The credential gave no token.", cause);

    // The connectors recognize failures of the network by themselves; only the libraries' own words are read here.
    private static bool IsTransient(Exception exception) => exception switch
    {
        RequestFailedException { Status: var status } => status == 0 || IsPassing(status),
        MsalException { IsRetryable: true } => true,
        MsalServiceException { StatusCode: var status } when IsPassing(status) => true,
        AggregateException failures => failures.InnerExceptions.Any(IsTransient),
        _ => exception.InnerException is { } inner && IsTransient(inner),
    };

    private static bool IsPassing(int status) => status is 408 or 429 or >= 500;
}
