using Dataverse.Sync.Conformance;

namespace Dataverse.Sync.Tests;

public sealed class InMemorySyncJobLogTests : SyncJobLogConformance
{
    protected override ISyncJobLog Log { get; } = new InMemorySyncJobLog();
}
