namespace Dataverse.Sync.AspNetCore;

/// <summary>The settings of posts from Dataverse. Not safe for concurrent use.</summary>
public sealed class DataverseWebhookOptions
{
    /// <summary>
    /// The secret that every post must bear: 22 to 2,048 printable characters of ASCII, such as 16 random bytes in
    /// base64. Null, the default, accepts no posts.
    /// </summary>
    public string? Key { get; set; }

    /// <summary>
    /// The name of the header with the key, for the authentication type HttpHeader. The default is
    /// <c>x-webhook-key</c>; null accepts no header.
    /// </summary>
    public string? HeaderName { get; set; } = "x-webhook-key";

    /// <summary>
    /// The name of the query parameter with the key, for the authentication types WebhookKey, which always names it
    /// <c>code</c>, and HttpQueryString. The default is <c>code</c>; null accepts no query.
    /// </summary>
    /// <remarks>
    /// Servers and proxies write addresses with their queries to their logs, so a header is the better choice.
    /// </remarks>
    public string? QueryParameter { get; set; } = "code";

    /// <summary>
    /// The id of the organization whose posts count, or null, the default, for all that bear the key.
    /// </summary>
    /// <remarks>
    /// A copy of an environment has the webhooks of the original, with their keys; the id tells the two apart.
    /// </remarks>
    public Guid? OrganizationId { get; set; }
}
