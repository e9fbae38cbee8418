using System.Net.Http.Headers;

namespace Dataverse.Sync.Http;

/// <summary>Asks the user's delegate for access tokens and reports its failures without the token.</summary>
internal sealed class BearerToken(string connector, Func<CancellationToken, ValueTask<string>> source)
{
    public async ValueTask<AuthenticationHeaderValue> AcquireAsync(CancellationToken cancellationToken)
    {
        string? token;
        try
        {
            token = await source(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new ConnectorException(
                connector,
                ConnectorFailure.Unreachable,
                $"{connector}: the access token could not be fetched.",
                exception);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or ConnectorException))
        {
            throw new ConnectorException(
                connector,
                ConnectorFailure.Authentication,
                $"{connector}: the access token could not be obtained.",
                exception);
        }

        if (string.IsNullOrWhiteSpace(token) || token.Any(c => c is <= ' ' or >= '\x7f'))
        {
            throw new ConnectorException(
                connector,
                ConnectorFailure.Authentication,
                $"{connector}: the access token is empty or not one.");
        }

        return new AuthenticationHeaderValue("Bearer", token);
    }
}
