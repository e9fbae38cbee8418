using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Tests;

public sealed class InMemoryOverrideStoreTests : OverrideStoreConformance
{
    protected override IOverrideStore Store { get; } = new InMemoryCouplingStore();
}
