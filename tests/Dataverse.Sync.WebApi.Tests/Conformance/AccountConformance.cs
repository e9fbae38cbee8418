using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>A standard table as it comes: change tracking, bulk messages, optimistic concurrency.</summary>
public sealed class AccountConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() => await EmulatedOrganization.StartAsync(TablesUnderTest.Account);
}

/// <summary>The same over HTTP/2 and TLS, with compressed responses in pieces.</summary>
public sealed class AccountOverTlsConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() => await EmulatedOrganization.StartAsync(
        TablesUnderTest.Account,
        options => options with { Transport = new() { UsesTls = true, Compresses = true, Streams = true } });
}
