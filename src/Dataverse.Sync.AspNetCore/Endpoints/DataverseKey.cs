using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Finds the key of a post where the authentication types of Dataverse put it.</summary>
/// <remarks>
/// HttpHeader sends headers; HttpQueryString parameters of the query; WebhookKey one that is named <c>code</c>
/// ("Register a webhook", authentication options).
/// </remarks>
internal static class DataverseKey
{
    public static bool IsBorneBy(HttpRequest request, WebhookSettings settings) =>
        IsKey(settings.HeaderName is { } header ? request.Headers[header] : StringValues.Empty, settings)
        || IsKey(settings.QueryParameter is { } parameter ? request.Query[parameter] : StringValues.Empty, settings);

    private static bool IsKey(StringValues values, WebhookSettings settings) =>
        values is [{ } single] && settings.Key!.Matches(single);
}
