using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.WebApi.Tests;

/// <summary>A custom table without change tracking.</summary>
public sealed class UntrackedProjectConformance : TableConnectorConformance
{
    protected override async Task<ConformanceSystem> StartAsync() => await EmulatedOrganization.StartAsync(TablesUnderTest.Project);
}
