using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Replaces Microsoft Entra: issues tokens for any client id and secret, and checks them.</summary>
internal sealed class TokenAuthority(DataverseEmulatorOptions options)
{
    private readonly ConcurrentDictionary<string, Token> tokens = new(StringComparer.Ordinal);

    /// <summary>Makes every token issued so far invalid.</summary>
    public void RevokeAll() => tokens.Clear();

    /// <summary>
    /// Responds to <c>POST {tenant}/oauth2/v2.0/token</c>; <see langword="null"/> for other requests.
    /// </summary>
    public EmulatorResponse? Handle(EmulatorRequest request)
    {
        if (!request.Path.EndsWith("/oauth2/v2.0/token", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var form = QueryOptions.Parse(System.Text.Encoding.UTF8.GetString(request.Body.Span));
        var hasSecret = form.ContainsKey("client_secret") || form.ContainsKey("client_assertion");
        if (request.Method != "POST" || form.GetValueOrDefault("grant_type") != "client_credentials" || !hasSecret
            || form.GetValueOrDefault("scope")?.EndsWith("/.default", StringComparison.Ordinal) != true
            || form.GetValueOrDefault("client_id") is not { Length: > 0 } client)
        {
            return Json(
                400, new { error = "invalid_request", error_description = "The token request is not complete." });
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        tokens[token] = new Token(client, options.TimeProvider.GetUtcNow() + options.TokenLifetime);
        return Json(
            200,
            new { token_type = "Bearer", expires_in = (int)options.TokenLifetime.TotalSeconds, access_token = token });
    }

    /// <returns>
    /// The client id that the token was issued to, or null when the call is anonymous or the token is not ours.
    /// </returns>
    /// <exception cref="DataverseErrorException">The call may not come in.</exception>
    public string? Authenticate(EmulatorRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Header("Authorization");
        var given = header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true
            ? header[Scheme.Length..].Trim()
            : null;
        var token = given is not null && tokens.TryGetValue(given, out var found) ? found : null;
        var isValid = options.Authentication switch
        {
            DataverseAuthentication.None => true,
            DataverseAuthentication.AnyToken => !string.IsNullOrEmpty(given),
            _ => token is not null && token.ExpiresAt > options.TimeProvider.GetUtcNow(),
        };
        return isValid
            ? token?.Client
            : throw new DataverseErrorException(401, "0x8005F101", "The access token is missing, invalid or expired.");
    }

    private static EmulatorResponse Json(int status, object body) =>
        EmulatorResponse.Text(status, "application/json; charset=utf-8", JsonSerializer.Serialize(body));

    private sealed record Token(string Client, DateTimeOffset ExpiresAt);
}
