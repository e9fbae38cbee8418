using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>An untracked table in a service whose unverified switches are in the other position.</summary>
public sealed class UnverifiedProjectConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() =>
        await ServedOrganization.StartAsync(TablesUnderTest.Project, serve: ServiceSwitches.Other);
}
