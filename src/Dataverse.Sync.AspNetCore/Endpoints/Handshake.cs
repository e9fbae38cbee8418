using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Answers the question of Business Central whether an address wants notifications.</summary>
/// <remarks>
/// The service asks when a subscription is created and when it is renewed, and wants its token back as plain text
/// ("Working with webhooks in Dynamics 365 Business Central"). It does not say who it is, so anybody gets the token
/// that he sends. It has no effect, and no form that a browser could take for anything but text.
/// </remarks>
internal static class Handshake
{
    private const string Parameter = "validationToken";
    private const string OtherCharacters = "-._~+/=:;,@ ";
    private const int MaxLength = 1_024;

    public static bool IsAsked(HttpRequest request) => request.Query.ContainsKey(Parameter);

    public static async Task AnswerAsync(HttpContext context)
    {
        var token = context.Request.Query[Parameter];
        if (!IsToken(token))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        context.Response.ContentType = "text/plain";
        context.Response.Headers.XContentTypeOptions = "nosniff";
        await context.Response.WriteAsync(token.ToString(), context.RequestAborted).ConfigureAwait(false);
    }

    private static bool IsToken(StringValues values) =>
        values is [{ Length: > 0 and <= MaxLength } token]
        && token.All(c => char.IsAsciiLetterOrDigit(c) || OtherCharacters.Contains(c, StringComparison.Ordinal));
}
