namespace Dataverse.Sync;

/// <summary>An access token that a service refused (HTTP 401).</summary>
public sealed class RefusedAccessToken
{
    /// <summary>Initializes a new instance of the <see cref="RefusedAccessToken"/> class.</summary>
    /// <param name="token">The token that the service refused.</param>
    /// <param name="challenge">The response's <c>WWW-Authenticate</c> header, or null if there was none.</param>
    /// <exception cref="ArgumentException"><paramref name="token"/> is null or empty.</exception>
    public RefusedAccessToken(string token, string? challenge)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        Token = token;
        Challenge = challenge;
    }

    /// <summary>The token that the service refused. Do not log it.</summary>
    /// <remarks>
    /// Requests run at the same time and are refused one after the other, so a cache compares the token with the one
    /// that it holds: if they differ, the refused token has been replaced already.
    /// </remarks>
    public string Token { get; }

    /// <summary>
    /// The response's <c>WWW-Authenticate</c> header, which may name claims that a token must have, or null if there was
    /// none.
    /// </summary>
    public string? Challenge { get; }
}
