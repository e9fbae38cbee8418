using Dataverse.Sync.Testing.Emulation;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.Testing.Tests.Http;

internal sealed class EchoHost : IAsyncDisposable
{
    private EmulatorHost host = null!;

    public EchoService Service { get; } = new();

    public RequestLog Log { get; } = new();

    public FaultPlan Faults { get; } = new();

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 8, 17, 10, 0, 0, TimeSpan.Zero));

    public HttpClient Client { get; private set; } = null!;

    /// <summary>Passes requests to the service without the network.</summary>
    public HttpMessageHandler CreateHandler() => host.CreateHandler();

    public static async Task<EchoHost> StartAsync()
    {
        var echo = new EchoHost();
        echo.host = await EmulatorHost.StartAsync(
            echo.Service, echo.Log, echo.Faults, echo.Time, new EmulatorTransport(), CancellationToken.None);
        echo.Client = new HttpClient { BaseAddress = echo.host.Origin };
        return echo;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await host.DisposeAsync();
    }
}
