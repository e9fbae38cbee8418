using Azure.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Dataverse.Sync.Configuration;

/// <summary>Finds the token or the credential that the settings of a connector name.</summary>
internal static class SignIn
{
    /// <summary>
    /// Returns what reads the token at each request, so that a changed secret counts at once; null for a credential.
    /// </summary>
    /// <exception cref="SyncConfigurationException">The key has no value.</exception>
    public static Func<CancellationToken, ValueTask<string>>? Token(
        IServiceProvider provider, IConnectionSettings settings, string path)
    {
        if (settings.AccessTokenFrom is not { } key)
        {
            return null;
        }

        var setting = $"{path}:{nameof(settings.AccessTokenFrom)}";
        _ = Secrets.Read(provider, setting, key);
        return _ => ValueTask.FromResult(Secrets.Read(provider, setting, key));
    }

    /// <summary>Returns the credential.</summary>
    /// <exception cref="SyncConfigurationException">The container has no such credential.</exception>
    public static TokenCredential Credential(IServiceProvider provider, IConnectionSettings settings, string path) =>
        provider.GetKeyedService<TokenCredential>(settings.Credential) ?? throw new SyncConfigurationException(
        [
            settings.Credential is { } name
                ? $"{path}:{nameof(settings.Credential)} names the credential '{name}', but the container has no "
                    + $"{nameof(TokenCredential)} with that key."
                : $"{path} names neither an {nameof(settings.AccessTokenFrom)} nor a {nameof(settings.Credential)}, and the "
                    + $"container has no {nameof(TokenCredential)}.",
        ]);
}
