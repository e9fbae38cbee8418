using System.Text.Json;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Builds responses with the headers that Business Central sends in each case.</summary>
internal static class Replies
{
    private const string Json = "application/json";

    /// <summary>A 200 response to GET or a 201 response to POST, which carry the OData headers.</summary>
    public static EmulatorResponse OData(ApiCall call, int status, byte[] body) => Plain(call, status, body) with
    {
        Headers = Headers(
            call.RequestId, $"{Json}; odata.metadata={Levels.Name(call.Level)}; odata.streaming=true", isOData: true),
    };

    /// <summary>A 200 response to PATCH, or other JSON without OData headers.</summary>
    public static EmulatorResponse Plain(ApiCall call, int status, byte[] body) =>
        new() { Status = status, Headers = Headers(call.RequestId, Json, isOData: false), Body = body };

    public static EmulatorResponse NoContent(ApiCall call) =>
        new() { Status = 204, Headers = Headers(call.RequestId, null, isOData: false) };

    public static EmulatorResponse Text(ApiCall call, string contentType, byte[] body) =>
        new() { Status = 200, Headers = Headers(call.RequestId, contentType, isOData: true), Body = body };

    public static EmulatorResponse Error(BusinessCentralException error, Guid requestId) => new()
    {
        Status = error.Status,
        Headers = Headers(requestId, Json, isOData: false),
        Body = RowJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartObject("error");
            writer.WriteString("code", error.Code);
            writer.WriteString("message", $"{error.Message}  CorrelationId:  {requestId:D}.");
            writer.WriteEndObject();
            writer.WriteEndObject();
        }),
    };

    /// <summary>Writes the context of a response, unless the client wants none.</summary>
    public static void WriteContext(ApiCall call, Utf8JsonWriter writer, string context)
    {
        if (call.Level != MetadataLevel.None)
        {
            writer.WriteString("@odata.context", context);
        }
    }

    private static Dictionary<string, string> Headers(Guid requestId, string? contentType, bool isOData)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["request-id"] = requestId.ToString("D"),
            ["Cache-Control"] = "no-cache, no-store",
        };
        if (contentType is not null)
        {
            headers["Content-Type"] = contentType;
        }

        if (isOData)
        {
            headers["OData-Version"] = "4.0";
        }

        return headers;
    }
}
