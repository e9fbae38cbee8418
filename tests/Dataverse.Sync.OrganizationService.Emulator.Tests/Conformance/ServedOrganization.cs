using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>An emulated organization with a table under test, and the connector to its organization service.</summary>
internal sealed class ServedOrganization : OrganizationUnderTest
{
    private readonly Action<OrganizationServiceOptions> configure;
    private readonly List<OrganizationServiceConnector> connectors = [];

    private ServedOrganization(
        DataverseEmulator emulator, FakeTimeProvider time, ConformanceTable table, EmulatedServiceOptions serve, Action<OrganizationServiceOptions> configure)
        : base(emulator, time, table) => (this.configure, Service) = (configure, new EmulatedOrganizationService(emulator, serve));

    /// <summary>The service that the connector talks to.</summary>
    public EmulatedOrganizationService Service { get; }

    public override ITableConnector Connector => connectors[0];

    /// <summary>Starts an organization.</summary>
    /// <param name="make">Makes the table under test.</param>
    /// <param name="emulate">The emulator's switches.</param>
    /// <param name="serve">The switches of the organization service.</param>
    /// <param name="configure">Changes to the connector's options.</param>
    public static async Task<ServedOrganization> StartAsync(
        Func<DataverseEmulator, ConformanceTable> make,
        Func<DataverseEmulatorOptions, DataverseEmulatorOptions>? emulate = null,
        EmulatedServiceOptions? serve = null,
        Action<OrganizationServiceOptions>? configure = null)
    {
        var (emulator, time) = await StartEmulatorAsync(emulate);
        var system = new ServedOrganization(emulator, time, make(emulator), serve ?? new EmulatedServiceOptions(), configure ?? (_ => { }));
        _ = system.Reconnect();
        return system;
    }

    public override ITableConnector Reconnect()
    {
        var options = new OrganizationServiceOptions
        {
            PageSize = 500,
            RetryDelay = TimeSpan.Zero,
        };
        configure(options);
        connectors.Add(new OrganizationServiceConnector(Service, options));
        return connectors[^1];
    }

    public override ValueTask DisposeAsync()
    {
        connectors.ForEach(connector => connector.Dispose());
        return base.DisposeAsync();
    }
}
