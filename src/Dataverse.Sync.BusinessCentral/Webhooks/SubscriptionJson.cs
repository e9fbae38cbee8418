using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Writes and reads subscriptions.</summary>
internal static class SubscriptionJson
{
    // The service's own limit of a subscription id; its ids have 32 characters.
    private const int MaxId = 150;

    public static ReadOnlyMemory<byte> Write(Uri notificationUrl, string resource, string clientState)
    {
        var body = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("notificationUrl", notificationUrl.OriginalString);
            writer.WriteString("resource", resource);
            writer.WriteString("clientState", clientState);
            writer.WriteEndObject();
        }

        return body.WrittenMemory;
    }

    /// <summary>Reads one subscription.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="set">The set to which it is one.</param>
    /// <exception cref="JsonException">The answer is not a subscription.</exception>
    public static BusinessCentralSubscription ReadOne(ReadOnlyMemory<byte> body, SubscribedSet set)
    {
        using var document = JsonDocument.Parse(body);
        return Read(document.RootElement, _ => set) ?? throw new JsonException("The answer is not a subscription.");
    }

    /// <summary>Reads a page of subscriptions. Those that are not of use are left out.</summary>
    /// <param name="body">The answer.</param>
    /// <param name="setOf">Finds the set that a resource is about; null if it is none of those in question.</param>
    /// <returns>The subscriptions, the number of all on the page, and the link to the next one.</returns>
    /// <exception cref="JsonException">The answer is not a page.</exception>
    public static (IReadOnlyList<BusinessCentralSubscription> Found, int Count, string? NextLink) ReadPage(
        ReadOnlyMemory<byte> body, Func<string, SubscribedSet?> setOf)
    {
        using var document = JsonDocument.Parse(body);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("value", out var rows)
            || rows.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("The answer is not a collection.");
        }

        return (
            [.. rows.EnumerateArray().Select(row => Read(row, setOf)).OfType<BusinessCentralSubscription>()],
            rows.GetArrayLength(),
            Text(document.RootElement, "@odata.nextLink"));
    }

    private static BusinessCentralSubscription? Read(JsonElement row, Func<string, SubscribedSet?> setOf) =>
        row.ValueKind == JsonValueKind.Object
        && Text(row, "subscriptionId") is { Length: > 0 and <= MaxId } id
        && Text(row, "resource") is { } resource
        && Uri.TryCreate(Text(row, "notificationUrl"), UriKind.Absolute, out var url)
        && DateTimeOffset.TryParse(
            Text(row, "expirationDateTime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiresOn)
        && setOf(resource) is { } set
            ? new(id, Text(row, "@odata.etag"), url, resource, set, expiresOn)
            : null;

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
