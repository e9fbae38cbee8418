using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>Filters over the Web API.</summary>
public sealed class FilterPropertyTests : OrganizationFilterConformance
{
    protected override async Task<OrganizationUnderTest> StartAsync(Func<DataverseEmulator, ConformanceTable> make) =>
        await EmulatedOrganization.StartAsync(make);
}
