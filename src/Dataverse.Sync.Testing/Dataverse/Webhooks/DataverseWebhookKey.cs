using System.Xml.Linq;

namespace Dataverse.Sync.Testing;

/// <summary>The key that the posts of a webhook bear, and where: the authentication types of the service.</summary>
public sealed record DataverseWebhookKey
{
    private DataverseWebhookKey(int type, string value) => (Type, AuthValue) = (type, value);

    /// <summary>The number of the authentication type in <c>serviceendpoint.authtype</c>.</summary>
    public int Type { get; }

    /// <summary>The text for <c>serviceendpoint.authvalue</c>.</summary>
    public string AuthValue { get; }

    /// <summary>WebhookKey: a query parameter that is named <c>code</c>.</summary>
    /// <param name="value">The key.</param>
    /// <returns>The key.</returns>
    public static DataverseWebhookKey Code(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        return new(4, value);
    }

    /// <summary>HttpHeader: a header.</summary>
    /// <param name="name">The name of the header.</param>
    /// <param name="value">The key.</param>
    /// <returns>The key.</returns>
    public static DataverseWebhookKey Header(string name, string value) => new(5, Settings(name, value));

    /// <summary>HttpQueryString: a query parameter.</summary>
    /// <param name="name">The name of the parameter.</param>
    /// <param name="value">The key.</param>
    /// <returns>The key.</returns>
    public static DataverseWebhookKey Query(string name, string value) => new(6, Settings(name, value));

    // The form in which the Plug-in Registration tool stores names and values.
    private static string Settings(string name, string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(value);
        return new XElement("settings", new XElement("setting", new XAttribute("name", name), new XAttribute("value", value)))
            .ToString(SaveOptions.DisableFormatting);
    }
}
