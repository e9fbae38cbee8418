using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.BusinessCentral.Tests.Emulator;

/// <summary>A standard set, the emulator's unverified switches as they come.</summary>
public sealed class StandardTableConformance : TableConnectorConformance
{
    protected override Task<ConformanceSystem> StartAsync() => EmulatorSystem.StartAsync(EmulatorTable.Customers);
}

/// <summary>The in-memory table that replaces the set.</summary>
public sealed class CustomersTwin : TwinConformance
{
    protected override InMemoryFlavor Flavor => InMemoryFlavor.BusinessCentral;

    protected override TimeSpan Overlap => TimeSpan.FromMinutes(10);

    protected override Task<ConformanceSystem> StartAsync() => EmulatorSystem.StartAsync(EmulatorTable.Customers);
}

/// <summary>The in-memory table that replaces a custom API page.</summary>
public sealed class ProjectsTwin : TwinConformance
{
    protected override InMemoryFlavor Flavor => InMemoryFlavor.BusinessCentral;

    protected override TimeSpan Overlap => TimeSpan.FromMinutes(10);

    protected override Task<ConformanceSystem> StartAsync() => EmulatorSystem.StartAsync(EmulatorTable.Projects);
}

/// <summary>The same over HTTP/2 and TLS, with compressed responses in pieces.</summary>
public sealed class TlsConformance : TableConnectorConformance
{
    protected override Task<ConformanceSystem> StartAsync() => EmulatorSystem.StartAsync(
        EmulatorTable.Customers,
        new() { Transport = new() { UsesTls = true, Compresses = true, Streams = true } });
}

/// <summary>The same set, every unverified switch in its other position.</summary>
public sealed class OtherPositionsConformance : TableConnectorConformance
{
    protected override Task<ConformanceSystem> StartAsync() => EmulatorSystem.StartAsync(EmulatorTable.Customers, Switches.Flipped);
}

/// <summary>A custom API page that keeps chosen ids.</summary>
public sealed class CustomPageConformance : TableConnectorConformance
{
    protected override Task<ConformanceSystem> StartAsync() => EmulatorSystem.StartAsync(EmulatorTable.Projects);
}
