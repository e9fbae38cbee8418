using System.Net.Http.Headers;

namespace Dataverse.Sync.Http;

/// <summary>Asks the user's delegates for access tokens and reports their failures without the token.</summary>
/// <param name="connector">The name of the system for people.</param>
/// <param name="source">Gives the token of a request.</param>
/// <param name="renewal">Gives a token in place of a refused one; null asks <paramref name="source"/> again.</param>
internal sealed class BearerToken(
    string connector,
    Func<CancellationToken, ValueTask<string>> source,
    Func<RefusedAccessToken, CancellationToken, ValueTask<string>>? renewal)
{
    /// <summary>Gets the token of a request.</summary>
    /// <exception cref="ConnectorException">There is none; or the wait for it was canceled, which the caller tells
    /// apart by its own token.</exception>
    public ValueTask<AuthenticationHeaderValue> AcquireAsync(CancellationToken cancellationToken) =>
        ReadAsync(source, cancellationToken);

    /// <summary>Gets a token in place of one that the service answered with 401.</summary>
    /// <exception cref="ConnectorException">As for <see cref="AcquireAsync"/>.</exception>
    public ValueTask<AuthenticationHeaderValue> RenewAsync(
        AuthenticationHeaderValue refused, string? challenge, CancellationToken cancellationToken) =>
        renewal is null
            ? AcquireAsync(cancellationToken)
            : ReadAsync(token => renewal(new RefusedAccessToken(refused.Parameter!, challenge), token), cancellationToken);

    private async ValueTask<AuthenticationHeaderValue> ReadAsync(
        Func<CancellationToken, ValueTask<string>> read, CancellationToken cancellationToken)
    {
        string? token;
        try
        {
            token = await read(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not ConnectorException)
        {
            throw LoginFailure.IsTransient(exception)
                ? Failed(ConnectorFailure.Unreachable, "could not be fetched", exception)
                : Failed(ConnectorFailure.Authentication, "could not be obtained", exception);
        }

        return string.IsNullOrWhiteSpace(token) || token.Any(c => c is <= ' ' or >= '\x7f')
            ? throw Failed(ConnectorFailure.Authentication, "is empty or not one")
            : new AuthenticationHeaderValue("Bearer", token);
    }

    private ConnectorException Failed(ConnectorFailure failure, string what, Exception? cause = null) =>
        new(connector, failure, $"{connector}: the access token {what}.", cause);
}
