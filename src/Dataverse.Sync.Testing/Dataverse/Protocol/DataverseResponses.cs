using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Builds responses in the form of the service.</summary>
internal static class DataverseResponses
{
    public const string JsonType = "application/json; odata.metadata=minimal";

    private const string HelpLink = "Microsoft.PowerApps.CDS.HelpLink";
    private const string InnerMessage = "Microsoft.PowerApps.CDS.InnerError.Message";

    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static EmulatorResponse Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new EmulatorResponse
        {
            Status = status,
            Headers = Headers(JsonType),
            Body = buffer.WrittenMemory.ToArray(),
        };
    }

    public static EmulatorResponse Text(string contentType, string text)
    {
        var response = EmulatorResponse.Text(200, contentType, text);
        return response.WithHeader("OData-Version", "4.0");
    }

    public static EmulatorResponse Empty(int status = 204) => new() { Status = status, Headers = Headers(null) };

    /// <param name="error">The refusal.</param>
    /// <param name="annotations">What the client wants to know besides code and message; null for nothing.</param>
    public static EmulatorResponse Error(DataverseErrorException error, AnnotationFilter? annotations = null)
    {
        var response = Json(error.Status, writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", error.Code);
            writer.WriteString("message", error.Message);
            if (annotations?.Includes(HelpLink) == true)
            {
                writer.WriteString(
                    $"@{HelpLink}",
                    $"http://go.microsoft.com/fwlink/?LinkID=398563&error=Microsoft.Crm.CrmException%3a{error.Code}");
            }

            if (annotations?.Includes(InnerMessage) == true)
            {
                writer.WriteString($"@{InnerMessage}", error.Message);
            }

            writer.WriteEndObject();
        });
        return error.RetryAfter is { } seconds
            ? response.WithHeader("Retry-After", seconds.ToString(CultureInfo.InvariantCulture))
            : response;
    }

    /// <summary>The response to a request that no endpoint handles.</summary>
    public static EmulatorResponse NoSuchRoute(string url)
    {
        var body = new
        {
            error = new { code = "", message = $"No HTTP resource was found that matches the request URI '{url}'." },
        };
        return EmulatorResponse.Text(404, "application/json; charset=utf-8", JsonSerializer.Serialize(body));
    }

    private static Dictionary<string, string> Headers(string? contentType)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["OData-Version"] = "4.0" };
        if (contentType is not null)
        {
            headers["Content-Type"] = contentType;
        }

        return headers;
    }
}
