using Azure.Core;
using Dataverse.Sync.AzureIdentity;
using Dataverse.Sync.BusinessCentral;

namespace Dataverse.Sync;

/// <summary>Signs a Business Central connector in with a credential of Azure.Identity.</summary>
public static class BusinessCentralCredentialExtensions
{
    private const string ServiceScope = "https://api.businesscentral.dynamics.com/.default";

    /// <summary>Takes the access tokens from a credential.</summary>
    /// <remarks>
    /// Sets <see cref="BusinessCentralOptions.AccessToken"/> and <see cref="BusinessCentralOptions.RenewAccessToken"/>. A
    /// token is kept until it is due for renewal. Connectors that are given the same credential share their tokens, and the
    /// limits that the service sets to an account.
    /// </remarks>
    /// <param name="options">The options of the connector.</param>
    /// <param name="credential">The credential. It stays the caller's and must be safe for concurrent use.</param>
    /// <param name="settings">The scope and the clock; null for the defaults.</param>
    /// <returns>The same options.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> or <paramref name="credential"/> is
    /// null.</exception>
    /// <exception cref="ArgumentException">The scope is empty.</exception>
    public static BusinessCentralOptions UseCredential(
        this BusinessCentralOptions options, TokenCredential credential, CredentialOptions? settings = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credential);
        var cache = TokenCaches.Of(credential, settings?.Scope ?? ServiceScope, settings?.TimeProvider);
        options.AccessToken = cache.GetAsync;
        options.RenewAccessToken = cache.RenewAsync;
        return options;
    }
}
