using Azure.Core;

namespace Dataverse.Sync.AzureIdentity;

/// <summary>A token and when to ask for the next one.</summary>
internal sealed class CachedToken
{
    // Azure.Identity itself keeps a token until five minutes before its end: asked earlier it would return the same one.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    // Between two attempts to replace a token that is still valid.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    private readonly DateTimeOffset expiresOn;
    private readonly DateTimeOffset renewOn;

    private CachedToken(string token, DateTimeOffset expiresOn, DateTimeOffset renewOn)
    {
        Token = token;
        this.expiresOn = expiresOn;
        this.renewOn = renewOn;
    }

    public string Token { get; }

    public static CachedToken Of(AccessToken token, DateTimeOffset now)
    {
        var margin = token.ExpiresOn - DateTimeOffset.MinValue > Margin ? token.ExpiresOn - Margin : token.ExpiresOn;
        var wish = token.RefreshOn < margin ? token.RefreshOn.Value : margin;
        return new CachedToken(token.Token, token.ExpiresOn, wish).NotBefore(now + Pause);
    }

    public bool IsFresh(DateTimeOffset now) => now < renewOn;

    public bool IsValid(DateTimeOffset now) => now < expiresOn;

    /// <summary>The token after its renewal failed.</summary>
    public CachedToken Postponed(DateTimeOffset now) => NotBefore(now + Pause);

    private CachedToken NotBefore(DateTimeOffset earliest)
    {
        var renewal = renewOn > earliest ? renewOn : earliest;
        return new CachedToken(Token, expiresOn, renewal < expiresOn ? renewal : expiresOn);
    }
}
