using Dataverse.Sync.Conformance;
using Dataverse.Sync.Testing;

namespace Dataverse.Sync.InMemory.Tests;

public sealed class InMemoryDataverseConformance : TableConnectorConformance
{
    protected override Task<ConformanceSystem> StartAsync() =>
        Task.FromResult<ConformanceSystem>(
            new InMemoryConformanceSystem(InMemoryFlavor.Dataverse, WriteAnswer.Nothing));
}
