using System.Globalization;
using System.Text.Json;

namespace Dataverse.Sync.BusinessCentral;

/// <summary>Reads the JSON answer to a batch.</summary>
internal static class BatchReader
{
    /// <summary>The answers by the number of their request; null where the service did not perform the part.</summary>
    /// <exception cref="JsonException">The answer is not one, or answers what was not asked.</exception>
    public static BatchResponse?[] Read(ReadOnlyMemory<byte> body, int requests)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            var parts = ReadParts(ref reader, body, requests);
            return reader.Read() ? throw new JsonException("The answer goes on after its end.") : parts;
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException("The answer is malformed.", exception);
        }
    }

    private static BatchResponse?[] ReadParts(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, int requests)
    {
        Require(reader.Read() && reader.TokenType == JsonTokenType.StartObject);
        BatchResponse?[]? parts = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!reader.ValueTextEquals("responses"u8))
            {
                SkipValue(ref reader);
                continue;
            }

            Require(parts is null && reader.Read() && reader.TokenType == JsonTokenType.StartArray);
            parts = new BatchResponse?[requests];
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                var (id, part) = ReadPart(ref reader, body);
                Require(id < requests && parts[id] is null);
                parts[id] = part;
            }
        }

        return parts ?? throw new JsonException("The answer to a batch has no responses.");
    }

    private static (int Id, BatchResponse Part) ReadPart(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        Require(reader.TokenType == JsonTokenType.StartObject);
        int? id = null;
        int? status = null;
        ReadOnlyMemory<byte>? content = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                Require(id is null && reader.Read() && reader.TokenType == JsonTokenType.String);
                id = int.TryParse(reader.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : null;
            }
            else if (reader.ValueTextEquals("status"u8))
            {
                Require(status is null && reader.Read() && reader.TokenType == JsonTokenType.Number);
                status = reader.TryGetInt32(out var number) ? number : null;
            }
            else
            {
                var isBody = reader.ValueTextEquals("body"u8);
                Require(!isBody || content is null);
                var (start, end) = SkipValue(ref reader);
                content = isBody ? body[start..end] : content;
            }
        }

        Require(id is not null && status is not null);
        return (id!.Value, new BatchResponse(status!.Value, content ?? default));
    }

    private static (int Start, int End) SkipValue(ref Utf8JsonReader reader)
    {
        _ = reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return (start, (int)reader.BytesConsumed);
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new JsonException("The answer to a batch is malformed.");
        }
    }
}
