using System.Text;
using Microsoft.OData;

namespace Dataverse.Sync.Testing.Tests.Batches;

/// <summary>Microsoft's own reader of multipart batches.</summary>
internal static class MicrosoftBatchReader
{
    public static readonly Uri Root = new("http://service.example/api/data/v9.2/");

    /// <summary>Reads a batch.</summary>
    /// <returns>For each request its verb, its absolute URL, and its body; null if the reader refuses the batch.</returns>
    public static List<(string Method, string Url, string Body)>? Read(string text, string boundary)
    {
        var requests = new List<(string, string, string)>();
        var message = new Message(Encoding.Latin1.GetBytes(text), $"multipart/mixed; boundary={boundary}");
        var settings = new ODataMessageReaderSettings { BaseUri = Root };
        try
        {
            using var odata = new ODataMessageReader((IODataRequestMessage)message, settings);
            var reader = odata.CreateODataBatchReader();
            while (reader.Read())
            {
                if (reader.State == ODataBatchReaderState.Operation)
                {
                    requests.Add(Read(reader.CreateOperationRequestMessage()));
                }
            }
        }
        catch (ODataException)
        {
            return null;
        }

        return requests;
    }

    private static (string Method, string Url, string Body) Read(ODataBatchOperationRequestMessage request)
    {
        using var body = new StreamReader(request.GetStream(), Encoding.Latin1);
        return (request.Method, request.Url.AbsoluteUri, body.ReadToEnd());
    }

    private sealed class Message(byte[] body, string contentType) : IODataRequestMessage
    {
        private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Content-Type"] = contentType,
        };

        public IEnumerable<KeyValuePair<string, string>> Headers => headers;

        public string Method { get; set; } = "POST";

        public Uri Url { get; set; } = new(Root, "$batch");

        public string GetHeader(string headerName) => headers.GetValueOrDefault(headerName)!;

        public Stream GetStream() => new MemoryStream(body);

        public void SetHeader(string headerName, string headerValue) => headers[headerName] = headerValue;
    }
}
