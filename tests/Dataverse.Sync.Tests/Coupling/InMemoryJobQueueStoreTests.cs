using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Tests;

public sealed class InMemoryJobQueueStoreTests : JobQueueStoreConformance
{
    protected override IJobQueueStore Store { get; } = new InMemoryCouplingStore();
}
