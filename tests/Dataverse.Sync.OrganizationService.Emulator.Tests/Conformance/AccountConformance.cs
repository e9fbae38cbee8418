using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>A standard table as it comes: change tracking, bulk messages, optimistic concurrency.</summary>
public sealed class AccountConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() =>
        await ServedOrganization.StartAsync(TablesUnderTest.Account);
}
