using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>A standard table as it comes: change tracking, bulk messages, optimistic concurrency.</summary>
public sealed class AccountConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() => await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
}

/// <summary>The in-memory table that replaces it.</summary>
public sealed class AccountTwin : TwinConformance
{
    protected override InMemoryFlavor Flavor => InMemoryFlavor.Dataverse;

    protected override async Task<ConformanceSystem> StartAsync() =>
        await EmulatedOrganization.StartAsync(TablesUnderTest.Account, AsTheSchemaTells);

    /// <summary>The connector's schema tells what the service may do to texts; this service does it.</summary>
    internal static DataverseEmulatorOptions AsTheSchemaTells(DataverseEmulatorOptions options) =>
        options with { TrimsText = true, StoresLineFeeds = true };
}

/// <summary>The in-memory table that replaces a table without change tracking.</summary>
public sealed class ProjectTwin : TwinConformance
{
    protected override InMemoryFlavor Flavor => InMemoryFlavor.Dataverse;

    protected override async Task<ConformanceSystem> StartAsync() =>
        await EmulatedOrganization.StartAsync(TablesUnderTest.Project, AccountTwin.AsTheSchemaTells);
}

/// <summary>The same over HTTP/2 and TLS, with compressed responses in pieces.</summary>
public sealed class AccountOverTlsConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() => await EmulatedOrganization.StartAsync(
        TablesUnderTest.Account,
        options => options with { Transport = new() { UsesTls = true, Compresses = true, Streams = true } });
}
