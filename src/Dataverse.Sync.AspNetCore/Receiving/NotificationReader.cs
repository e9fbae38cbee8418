using System.Text.Json;

namespace Dataverse.Sync.AspNetCore;

/// <summary>Reads notifications of Business Central, which are untrusted until their secrets are compared.</summary>
/// <remarks>
/// <c>{"value":[{"subscriptionId":…,"clientState":…,"resource":…,"changeType":…}]}</c>, as Microsoft documents it in
/// "Working with webhooks in Dynamics 365 Business Central". The type of the change, <c>collection</c> included, does
/// not matter: whatever has changed, a run finds it.
/// </remarks>
internal static class NotificationReader
{
    private const int MaxEntries = 5_000;
    private const int MaxDepth = 16;

    /// <summary>Reads the entries up to the first fault, or to the end of what has been received.</summary>
    /// <param name="body">The body, or its beginning.</param>
    public static IReadOnlyList<NotificationEntry> Read(ReadOnlySpan<byte> body)
    {
        // Business Central wrote a byte order mark before version 19.
        body = body.StartsWith("\uFEFF"u8) ? body["\uFEFF"u8.Length..] : body;
        var entries = new List<NotificationEntry>();
        try
        {
            var reader = new Utf8JsonReader(
                body, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
            if (reader.Read() && reader.TokenType == JsonTokenType.StartObject && MoveToValue(ref reader))
            {
                ReadEntries(ref reader, entries);
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // What precedes the fault counts. A text with half of a surrogate pair is an InvalidOperationException.
        }

        return entries;
    }

    private static bool MoveToValue(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isValue = reader.ValueTextEquals("value"u8);
            if (!reader.Read())
            {
                return false;
            }

            if (isValue)
            {
                return reader.TokenType == JsonTokenType.StartArray;
            }

            if (!reader.TrySkip())
            {
                return false;
            }
        }

        return false;
    }

    private static void ReadEntries(ref Utf8JsonReader reader, List<NotificationEntry> entries)
    {
        while (entries.Count < MaxEntries && reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (ReadEntry(ref reader) is not { } entry)
            {
                return;
            }

            entries.Add(entry);
        }
    }

    private static NotificationEntry? ReadEntry(ref Utf8JsonReader reader)
    {
        var entry = new NotificationEntry(null, null, null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.ValueTextEquals("subscriptionId"u8) ? nameof(entry.SubscriptionId)
                : reader.ValueTextEquals("clientState"u8) ? nameof(entry.ClientState)
                : reader.ValueTextEquals("resource"u8) ? nameof(entry.Resource)
                : null;
            if (!reader.Read() || !reader.TrySkip())
            {
                return null;
            }

            var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            entry = name switch
            {
                nameof(entry.SubscriptionId) => entry with { SubscriptionId = text },
                nameof(entry.ClientState) => entry with { ClientState = text },
                nameof(entry.Resource) => entry with { Resource = text },
                _ => entry,
            };
        }

        return reader.TokenType == JsonTokenType.EndObject ? entry : null;
    }
}
