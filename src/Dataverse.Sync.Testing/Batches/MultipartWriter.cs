using System.Buffers;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Writes the multipart response of a batch or of a change set.</summary>
internal sealed class MultipartWriter(string kind)
{
    private readonly string boundary = $"{kind}_{Guid.NewGuid()}";
    private readonly ArrayBufferWriter<byte> body = new();

    /// <summary>Adds the response to one request.</summary>
    /// <param name="response">The response.</param>
    /// <param name="contentId">Value of <c>Content-ID</c>; null to omit the header.</param>
    public void Add(EmulatorResponse response, string? contentId)
    {
        var head = new StringBuilder(
            $"--{boundary}\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n");
        if (contentId is not null)
        {
            head.Append($"Content-ID: {contentId}\r\n");
        }

        head.Append($"\r\nHTTP/1.1 {response.Status} {ReasonPhrases.GetReasonPhrase(response.Status)}\r\n");
        foreach (var (name, value) in response.Headers)
        {
            head.Append($"{name}: {value}\r\n");
        }

        if (response.Headers.TryGetValue("OData-EntityId", out var url))
        {
            head.Append($"Location: {url}\r\n");
        }

        Write(head.Append("\r\n").ToString());
        body.Write(response.Body.Span);
        Write("\r\n");
    }

    /// <summary>Adds the responses of a change set.</summary>
    public void Add(MultipartWriter nested)
    {
        Write($"--{boundary}\r\nContent-Type: multipart/mixed; boundary={nested.boundary}\r\n\r\n");
        nested.Write($"--{nested.boundary}--\r\n");
        body.Write(nested.body.WrittenSpan);
        Write("\r\n");
    }

    /// <summary>Closes the body and returns it as a response.</summary>
    public EmulatorResponse Finish(int status)
    {
        Write($"--{boundary}--\r\n");
        return new EmulatorResponse
        {
            Status = status,
            Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["OData-Version"] = "4.0",
                ["Content-Type"] = $"multipart/mixed; boundary={boundary}",
            },
            Body = body.WrittenMemory,
        };
    }

    private void Write(string text) => body.Write(Encoding.UTF8.GetBytes(text));
}
