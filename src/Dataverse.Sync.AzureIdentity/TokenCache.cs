using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Dataverse.Sync.AzureIdentity;

/// <summary>Keeps the token of a credential and renews it in time. Safe for concurrent use.</summary>
[SuppressMessage(
    "Design", "CA1001:Types that own disposable fields should be disposable",
    Justification = "Lives as long as its credential; a semaphore without a wait handle has nothing to release.")]
internal sealed class TokenCache(TokenCredential credential, string scope, TimeProvider timeProvider)
{
    // Asks for nothing, but makes a credential go to the login service instead of to its own cache.
    private const string NoClaims = """{"access_token":{}}""";

    private readonly SemaphoreSlim turn = new(1, 1);
    private volatile CachedToken? kept;
    private volatile AcquisitionFailure? failure;

    /// <summary>The token, from the cache or new.</summary>
    /// <exception cref="HttpRequestException">The login service is overloaded or out of reach.</exception>
    /// <exception cref="Azure.Identity.AuthenticationFailedException">The credential gave no token. The connectors look
    /// for failures of the network among the inner exceptions.</exception>
    public ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        FreshToken(null) is { } token ? new(token) : new(AcquireAsync(null, cancellationToken));

    /// <summary>A token in place of one that the service refused.</summary>
    /// <exception cref="HttpRequestException">As for <see cref="GetAsync"/>.</exception>
    /// <exception cref="Azure.Identity.AuthenticationFailedException">As for <see cref="GetAsync"/>.</exception>
    public ValueTask<string> RenewAsync(RefusedAccessToken refused, CancellationToken cancellationToken)
    {
        var current = kept;
        if (current?.Token == refused.Token)
        {
            // Another request may have renewed it meanwhile.
            _ = Interlocked.CompareExchange(ref kept, null, current);
        }

        return FreshToken(refused) is { } token ? new(token) : new(AcquireAsync(refused, cancellationToken));
    }

    private string? FreshToken(RefusedAccessToken? refused) =>
        kept is { } token && token.IsFresh(timeProvider.GetUtcNow()) && token.Token != refused?.Token ? token.Token : null;

    private async Task<string> AcquireAsync(RefusedAccessToken? refused, CancellationToken cancellationToken)
    {
        var known = failure;
        await turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (FreshToken(refused) is { } token)
            {
                return token;
            }

            // What failed for the one before would fail again, and each in the queue would wait for it.
            if (failure is { } latest && latest != known)
            {
                throw latest.ToException();
            }

            return await FetchAsync(refused, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _ = turn.Release();
        }
    }

    private async Task<string> FetchAsync(RefusedAccessToken? refused, CancellationToken cancellationToken)
    {
        try
        {
            var claims = ClaimsChallenge.Read(refused?.Challenge);
            var token = await RequestAsync(claims, cancellationToken).ConfigureAwait(false);
            if (claims is null && token.Token == refused?.Token)
            {
                token = await RequestAsync(NoClaims, cancellationToken).ConfigureAwait(false);
            }

            kept = CachedToken.Of(token, timeProvider.GetUtcNow());
            return token.Token;
        }
        catch (Exception exception)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = timeProvider.GetUtcNow();
            if (kept is { } token && token.IsValid(now) && token.Token != refused?.Token)
            {
                kept = token.Postponed(now);
                return token.Token;
            }

            failure = new AcquisitionFailure(exception);
            throw failure.ToException();
        }
    }

    // The connectors hand the service's challenges over, so tokens that are evaluated continuously can be asked for.
    private ValueTask<AccessToken> RequestAsync(string? claims, CancellationToken cancellationToken) =>
        credential.GetTokenAsync(new TokenRequestContext([scope], null, claims, null, isCaeEnabled: true), cancellationToken);
}
