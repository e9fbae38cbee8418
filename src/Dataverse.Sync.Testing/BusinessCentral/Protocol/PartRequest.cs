namespace Dataverse.Sync.Testing.Emulation;

/// <summary>Converts a part of a batch into a request of its own.</summary>
internal static class PartRequest
{
    private static readonly string[] InheritedHeaders = ["Authorization", "Accept-Language", "Data-Access-Intent"];

    /// <summary>
    /// The part as a request; headers that it does not set come from the batch if they concern every part.
    /// </summary>
    public static EmulatorRequest Of(BatchRequest part, ApiCall batch)
    {
        var origin = batch.Request.Origin;
        var root = batch.Address.Root[origin.Length..];
        var path = part.Url.StartsWith(origin, StringComparison.Ordinal) ? part.Url[origin.Length..] : part.Url;
        return new EmulatorRequest
        {
            Method = part.Method,
            Origin = origin,
            PathAndQuery = path.StartsWith(root + "/", StringComparison.Ordinal)
                ? path
                : $"{root}/{path.TrimStart('/')}",
            Headers = Headers(part, batch),
            Body = part.Body,
        };
    }

    private static Dictionary<string, string> Headers(BatchRequest part, ApiCall batch)
    {
        var headers = new Dictionary<string, string>(part.Headers, StringComparer.OrdinalIgnoreCase);
        foreach (var inherited in InheritedHeaders)
        {
            if (batch.Header(inherited) is { } value)
            {
                _ = headers.TryAdd(inherited, value);
            }
        }

        return headers;
    }
}
