using Azure.Core;
using Dataverse.Sync.AzureIdentity;
using Dataverse.Sync.WebApi;

namespace Dataverse.Sync;

/// <summary>Signs a connector of the Dataverse Web API in with a credential of Azure.Identity.</summary>
public static class WebApiCredentialExtensions
{
    /// <summary>Takes the access tokens from a credential.</summary>
    /// <remarks>
    /// Sets <see cref="WebApiOptions.AccessToken"/> and <see cref="WebApiOptions.RenewAccessToken"/>. Set
    /// <see cref="WebApiOptions.EnvironmentUrl"/> before, because the scope is derived from it. A token is kept until it is
    /// due for renewal. Connectors that are given the same credential share their tokens, and the limits that the service
    /// sets to an account.
    /// </remarks>
    /// <param name="options">The options of the connector.</param>
    /// <param name="credential">The credential. It stays the caller's and must be safe for concurrent use.</param>
    /// <param name="settings">The scope and the clock; null for the defaults.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="credential"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The scope is empty.</exception>
    /// <exception cref="SyncConfigurationException">The address of the environment is not set, and no scope is
    /// given.</exception>
    public static WebApiOptions UseCredential(
        this WebApiOptions options, TokenCredential credential, CredentialOptions? settings = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        var cache = TokenCaches.Of(credential, settings?.Scope ?? ScopeOf(options), settings?.TimeProvider);
        options.AccessToken = cache.GetAsync;
        options.RenewAccessToken = cache.RenewAsync;
        return options;
    }

    private static string ScopeOf(WebApiOptions options) => options.EnvironmentUrl is { IsAbsoluteUri: true } address
        ? $"{address.GetLeftPart(UriPartial.Authority)}/.default"
        : throw new SyncConfigurationException(
            [$"{nameof(options.EnvironmentUrl)} must be set before the credential, or the credential needs a scope."]);
}
