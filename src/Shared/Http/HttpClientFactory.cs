using System.Net;
using System.Reflection;

namespace Dataverse.Sync.Http;

/// <summary>Makes the client of a connection that was not given one.</summary>
internal static class HttpClientFactory
{
    /// <summary>Product and version for the User-Agent header: the name of the connector's package.</summary>
    public static string UserAgent { get; } = Describe(typeof(HttpClientFactory).Assembly.GetName());

    public static HttpClient Create(HttpConnectionSettings settings) => new(
        settings.Handler ?? CreateHandler(settings.MaxConcurrency), disposeHandler: settings.Handler is null)
    {
        // Each attempt has its own limit, which covers the body too.
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public static SocketsHttpHandler CreateHandler(int maxConnections = int.MaxValue) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(30),
        EnableMultipleHttp2Connections = true,
        MaxConnectionsPerServer = maxConnections,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };

    private static string Describe(AssemblyName name) => $"{name.Name}/{name.Version?.ToString(3)}";
}
