using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>A custom table without change tracking.</summary>
public sealed class UntrackedProjectConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() =>
        await ServedOrganization.StartAsync(TablesUnderTest.Project);
}
