using System.Text.Json;

namespace Dataverse.Sync.Http;

/// <summary>What a service said about a failure.</summary>
/// <param name="Code">Its own code; null when there is none or it does not look like one.</param>
/// <param name="Message">Its text, which may name values: for the job's record only, never for logs or
/// exceptions.</param>
internal sealed record ServiceError(string? Code, string? Message)
{
    private const int MaxCodeLength = 100;
    private const int MaxMessageLength = 2_000;

    public static ServiceError None { get; } = new(null, null);

    /// <summary>Reads an error body of any kind: OData's, a gateway's, HTML, or nothing.</summary>
    public static ServiceError Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var document = JsonDocument.ParseValue(ref reader);
            return Read(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return None;
        }
    }

    private static ServiceError Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            return None;
        }

        var error = Member(root, "error");
        return error?.ValueKind switch
        {
            JsonValueKind.Object => new(ReadCode(Member(error.Value, "code")), ReadText(Member(error.Value, "message"))),
            JsonValueKind.String => new(ReadCode(error), ReadText(Member(root, "error_description") ?? error)),
            _ => new(ReadCode(Member(root, "code")), ReadText(Member(root, "message"))),
        };
    }

    private static JsonElement? Member(JsonElement parent, string name)
    {
        foreach (var member in parent.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return member.Value;
            }
        }

        return null;
    }

    // A code reaches exception messages and logs, so it must look like one: anything else may be a sentence with
    // values.
    private static string? ReadCode(JsonElement? element)
    {
        var text = ReadText(element);
        return text is { Length: > 0 and <= MaxCodeLength } && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '-')
            ? text
            : null;
    }

    private static string? ReadText(JsonElement? element)
    {
        if (element?.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = element.Value.GetString()!;
        return text.Length <= MaxMessageLength ? text : text[..MaxMessageLength];
    }
}
