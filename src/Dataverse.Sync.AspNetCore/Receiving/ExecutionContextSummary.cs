using System.Text.Json;

namespace Dataverse.Sync.AspNetCore;

/// <summary>What counts of a post of Dataverse: the table, the message, and the organization.</summary>
/// <remarks>
/// The body is a RemoteExecutionContext in JSON, as Microsoft documents it in "Use webhooks to create external handlers
/// for server events". Of a body of more than 256 KB the service removes the properties that are large, and these remain.
/// </remarks>
internal sealed record ExecutionContextSummary(string? Table, string? Message, Guid? Organization)
{
    // Every ParentContext is one level deeper, and the service ends a chain of events at depth 8 or 16.
    private const int MaxDepth = 256;

    /// <summary>Reads the body up to the first fault, or to the end of what has been received.</summary>
    public static ExecutionContextSummary Read(ReadOnlySpan<byte> body)
    {
        var found = new ExecutionContextSummary(null, null, null);
        try
        {
            var reader = new Utf8JsonReader(
                body, isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = MaxDepth }));
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return found;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (Next(ref reader, found) is not { } next)
                {
                    break;
                }

                found = next;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // What precedes the fault counts. A text with half of a surrogate pair is an InvalidOperationException.
        }

        return found;
    }

    private static ExecutionContextSummary? Next(ref Utf8JsonReader reader, ExecutionContextSummary found)
    {
        var isTable = reader.ValueTextEquals("PrimaryEntityName"u8);
        var isMessage = reader.ValueTextEquals("MessageName"u8);
        var isOrganization = reader.ValueTextEquals("OrganizationId"u8);
        if (!reader.Read() || !reader.TrySkip())
        {
            return null;
        }

        if (reader.TokenType != JsonTokenType.String)
        {
            return found;
        }

        return isTable ? found with { Table = reader.GetString() }
            : isMessage ? found with { Message = reader.GetString() }
            : isOrganization && Guid.TryParse(reader.GetString(), out var id) ? found with { Organization = id }
            : found;
    }
}
