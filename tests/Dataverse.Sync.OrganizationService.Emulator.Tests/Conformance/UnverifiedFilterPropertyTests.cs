using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>Filters over a service in which an empty column is not unequal to a value.</summary>
public sealed class UnverifiedFilterPropertyTests : OrganizationFilterConformance
{
    protected override async Task<OrganizationUnderTest> StartAsync(Func<DataverseEmulator, ConformanceTable> make) =>
        await ServedOrganization.StartAsync(make, serve: ServiceSwitches.Other);
}
