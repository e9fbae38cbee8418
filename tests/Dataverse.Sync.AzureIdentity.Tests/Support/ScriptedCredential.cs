using System.Collections.Concurrent;
using Azure.Core;

namespace Dataverse.Sync.AzureIdentity.Tests;

/// <summary>A credential that answers by a script and keeps what it was asked for.</summary>
internal sealed class ScriptedCredential(Func<int, TokenRequestContext, CancellationToken, ValueTask<AccessToken>> answer) : TokenCredential
{
    private readonly ConcurrentQueue<TokenRequestContext> requests = new();
    private int count;

    /// <summary>Gives <c>token1</c>, <c>token2</c>, … that are valid for an hour.</summary>
    public ScriptedCredential(TimeProvider time, TimeSpan? lifetime = null, TimeSpan? refresh = null)
        : this((number, _, _) => new(new AccessToken(
            $"token{number}",
            time.GetUtcNow() + (lifetime ?? TimeSpan.FromHours(1)),
            refresh is { } after ? time.GetUtcNow() + after : null)))
    {
    }

    public IReadOnlyList<TokenRequestContext> Requests => [.. requests];

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The connectors are asynchronous.");

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        requests.Enqueue(requestContext);
        return answer(Interlocked.Increment(ref count), requestContext, cancellationToken);
    }
}
