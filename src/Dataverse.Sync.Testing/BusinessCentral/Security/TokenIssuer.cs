using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The token endpoint for client credentials, and the check of bearer tokens.</summary>
internal sealed class TokenIssuer(BusinessCentralEmulatorOptions options)
{
    private const string Scope = "https://api.businesscentral.dynamics.com/.default";

    private readonly ConcurrentDictionary<string, (string ClientId, DateTimeOffset Expires)> issued = new(
        StringComparer.Ordinal);

    public static bool IsTokenRequest(EmulatorRequest request) =>
        request.Path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal);

    public void RevokeAll() => issued.Clear();

    /// <summary>The user behind a request.</summary>
    /// <exception cref="BusinessCentralException">No bearer token, or one that is not accepted.</exception>
    public string Authenticate(EmulatorRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Header("Authorization");
        if (header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true
            || header[Scheme.Length..].Trim() is not { Length: > 0 } token)
        {
            throw Errors.Unauthorized();
        }

        if (issued.TryGetValue(token, out var entry) && entry.Expires > options.TimeProvider.GetUtcNow())
        {
            return entry.ClientId;
        }

        return options.RequiresIssuedTokens ? throw Errors.Unauthorized() : token;
    }

    public EmulatorResponse Answer(EmulatorRequest request)
    {
        if (request.Method != "POST")
        {
            return Refuse(405, "invalid_request");
        }

        var form = QueryOptions.Parse(Encoding.UTF8.GetString(request.Body.Span));
        if (form.GetValueOrDefault("grant_type") != "client_credentials")
        {
            return Refuse(400, "unsupported_grant_type");
        }

        if (form.GetValueOrDefault("scope") != Scope)
        {
            return Refuse(400, "invalid_scope");
        }

        if (!form.TryGetValue("client_id", out var id) || !IsKnown(id, form.GetValueOrDefault("client_secret")))
        {
            return Refuse(401, "invalid_client");
        }

        var token = Convert.ToHexString(RandomNumberGenerator.GetBytes(32));
        issued[token] = (id, options.TimeProvider.GetUtcNow() + options.TokenLifetime);
        var seconds = ((long)options.TokenLifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return EmulatorResponse.Text(
            200, "application/json",
            $$"""{"token_type":"Bearer","expires_in":{{seconds}},"ext_expires_in":{{seconds}},"access_token":"{{token}}"}""");
    }

    private bool IsKnown(string id, string? secret) => !string.IsNullOrEmpty(secret)
        && (options.Clients.Count == 0 || options.Clients.Any(client => client.Id == id && client.Secret == secret));

    private static EmulatorResponse Refuse(int status, string error) =>
        EmulatorResponse.Text(
            status, "application/json",
            $$"""{"error":"{{error}}","error_description":"The request for a token was refused."}""");
}
