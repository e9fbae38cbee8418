using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Azure.Core;

namespace Dataverse.Sync.AzureIdentity;

/// <summary>Hands out one cache for a credential and scope, so that connectors of one account share it.</summary>
/// <remarks>
/// Connectors know by the delegate of their tokens that they use one account. A cache lives as long as its credential.
/// </remarks>
internal static class TokenCaches
{
    private static readonly ConditionalWeakTable<TokenCredential, ConcurrentDictionary<(string, TimeProvider), TokenCache>>
        Caches = [];

    /// <exception cref="ArgumentException">The scope is empty.</exception>
    public static TokenCache Of(TokenCredential credential, string scope, TimeProvider? timeProvider)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        return Caches.GetValue(credential, _ => new()).GetOrAdd(
            (scope, timeProvider ?? TimeProvider.System),
            static (key, credential) => new TokenCache(credential, key.Item1, key.Item2),
            credential);
    }
}
