using System.Xml;
using System.Xml.Linq;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>The address and the headers of a post, with the key where the authentication type puts it.</summary>
internal sealed record WebhookRequest(Uri Address, IReadOnlyList<(string Name, string Value)> Headers)
{
    private const int WebhookKey = 4;
    private const int HttpHeader = 5;
    private const int HttpQueryString = 6;

    /// <summary>The address and the key of an endpoint; null if its address is none.</summary>
    public static WebhookRequest? Of(DataverseRow endpoint)
    {
        if (!Uri.TryCreate(endpoint["url"] as string, UriKind.Absolute, out var url))
        {
            return null;
        }

        var value = endpoint["authvalue"] as string ?? "";
        return (endpoint["authtype"] as int?) switch
        {
            WebhookKey => new(WithQuery(url, [("code", value)]), []),
            HttpHeader => new(url, Settings(value)),
            HttpQueryString => new(WithQuery(url, Settings(value)), []),
            _ => new(url, []),
        };
    }

    private static Uri WithQuery(Uri url, IReadOnlyList<(string Name, string Value)> parameters)
    {
        var given = url.Query.Length > 1 ? [url.Query[1..]] : Array.Empty<string>();
        var added = parameters.Select(item => $"{Uri.EscapeDataString(item.Name)}={Uri.EscapeDataString(item.Value)}");
        return new UriBuilder(url) { Query = string.Join('&', given.Concat(added)) }.Uri;
    }

    private static List<(string Name, string Value)> Settings(string value)
    {
        try
        {
            return [.. XElement.Parse(value).Elements("setting")
                .Select(item => ((string?)item.Attribute("name") ?? "", (string?)item.Attribute("value") ?? ""))
                .Where(item => item.Item1.Length > 0)];
        }
        catch (XmlException)
        {
            return [];
        }
    }
}
