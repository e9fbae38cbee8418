using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>A request below the service root, or a part of a batch.</summary>
internal sealed record ApiRequest
{
    /// <summary>Upper case.</summary>
    public required string Method { get; init; }

    /// <summary>
    /// Absolute service root as the client wrote it, ending in a slash: <c>http://127.0.0.1:49152/api/data/v9.2/</c>.
    /// </summary>
    public required string Root { get; init; }

    /// <summary>What follows the root, without query, still percent-encoded.</summary>
    public required string Resource { get; init; }

    /// <summary>The query, still percent-encoded, without question mark.</summary>
    public string RawQuery { get; init; } = "";

    public required IReadOnlyDictionary<string, string> Options { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    public required Preferences Prefer { get; init; }

    public required DataverseSession Session { get; init; }

    /// <summary>
    /// The URLs of the rows that the change set has created, by Content-ID; <see langword="null"/> outside a change
    /// set.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ContentIds { get; init; }

    /// <summary>The faults of the parts, if the request is a batch.</summary>
    public PartFaults? Faults { get; init; }

    public DataverseStore Store => Session.Store;

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    /// <summary>The query as sent, without one option, with a trailing <c>&amp;</c> if anything remains.</summary>
    public string QueryWithout(string option) => Joined(pair => !IsNamed(pair, option));

    /// <summary>One option of the query as sent, with a trailing <c>&amp;</c>; empty when it was not sent.</summary>
    public string QueryOnly(string option) => Joined(pair => IsNamed(pair, option));

    private string Joined(Func<string, bool> isWanted) =>
        string.Concat(
            RawQuery.Split('&', StringSplitOptions.RemoveEmptyEntries).Where(isWanted).Select(pair => pair + "&"));

    private static bool IsNamed(string pair, string option) =>
        Uri.UnescapeDataString(pair.Split('=')[0]) == option;

    /// <exception cref="DataverseErrorException">The body is no JSON object.</exception>
    public JsonElement JsonBody()
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            CheckText(Body.Span);
            if (document.RootElement.ValueKind is JsonValueKind.Object)
            {
                return document.RootElement.Clone();
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The error below contains what the client needs to know.
        }

        throw DataverseErrors.BadPayload(
            "Error identified in Payload provided by the user for Entity :'', "
            + "InnerException : the body is not a JSON object.");
    }

    // Half a surrogate pair in an escape is detected only when the text is decoded.
    private static void CheckText(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\u"u8) < 0)
        {
            return;
        }

        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                _ = reader.GetString();
            }
        }
    }
}
