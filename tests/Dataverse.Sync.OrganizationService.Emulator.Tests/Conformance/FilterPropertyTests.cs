using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.OrganizationService.Emulator.Tests;

/// <summary>Filters over the organization service.</summary>
public sealed class FilterPropertyTests : OrganizationFilterConformance
{
    protected override async Task<OrganizationUnderTest> StartAsync(Func<DataverseEmulator, ConformanceTable> make) =>
        await ServedOrganization.StartAsync(make);
}
