using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>An emulated organization with a table under test, and the connector to its Web API.</summary>
internal sealed class EmulatedOrganization : OrganizationUnderTest
{
    private readonly Action<WebApiOptions> configure;
    private readonly List<WebApiConnector> connectors = [];

    private EmulatedOrganization(
        DataverseEmulator emulator, FakeTimeProvider time, ConformanceTable table, Action<WebApiOptions> configure)
        : base(emulator, time, table) => this.configure = configure;

    public override ITableConnector Connector => connectors[0];

    /// <summary>Starts an organization.</summary>
    /// <param name="make">Makes the table under test.</param>
    /// <param name="emulate">The emulator's switches.</param>
    /// <param name="configure">Changes to the connector's options.</param>
    public static async Task<EmulatedOrganization> StartAsync(
        Func<DataverseEmulator, ConformanceTable> make,
        Func<DataverseEmulatorOptions, DataverseEmulatorOptions>? emulate = null,
        Action<WebApiOptions>? configure = null)
    {
        var (emulator, time) = await StartEmulatorAsync(emulate);
        var system = new EmulatedOrganization(emulator, time, make(emulator), configure ?? (_ => { }));
        _ = system.Reconnect();
        return system;
    }

    public override ITableConnector Reconnect()
    {
        var options = new WebApiOptions
        {
            EnvironmentUrl = Emulator.BaseAddress,
            AccessToken = _ => new("token"),
            HttpMessageHandler = Emulator.Certificate is null ? null : Emulator.CreateNetworkHandler(),
            PageSize = 500,
            RetryDelay = TimeSpan.Zero,
        };
        configure(options);
        connectors.Add(new WebApiConnector(options));
        return connectors[^1];
    }

    public override ValueTask DisposeAsync()
    {
        connectors.ForEach(connector => connector.Dispose());
        return base.DisposeAsync();
    }
}
