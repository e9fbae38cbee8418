using Dataverse.Sync.Http;
using Dataverse.Sync.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dataverse.Sync.Http.Tests;

/// <summary>Makes connections to a scripted service.</summary>
internal static class Connections
{
    public static readonly Uri Root = new("https://erp.example/v2.0/production/api/v2.0");

    public static HttpConnectionSettings Settings(HttpMessageHandler handler, TimeProvider? time = null) => new()
    {
        Connector = "Business Central",
        BaseAddress = Root,
        AccessToken = _ => new("secret"),
        Handler = handler,
        TimeProvider = time ?? new InstantTimeProvider(),
        Logger = NullLogger.Instance,
    };

    public static HttpCall Get(string path = "customers") => HttpCall.Get(new Uri($"{Root}/{path}"), "read 'customers'");

    public static HttpCall Post(bool isRepeatable = false) => new()
    {
        Method = HttpMethod.Post,
        Address = new Uri($"{Root}/$batch"),
        Operation = "write 'customers'",
        Body = "{}"u8.ToArray(),
        ContentType = "application/json",
        IsRepeatable = isRepeatable,
    };
}
